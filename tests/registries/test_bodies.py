"""The registry of bodies (sở, ban, ngành): what is wrong with it is told; what is right is a unit like any other."""

from __future__ import annotations

import pytest
from small import small_root

from dagster_project import registries
from dagster_project.registries.gathering import gather

HEADER = "body_code,body_name,tier,province_code,valid_from,valid_to\n"
STEPS = "predecessor_code,successor_code,effective_on,kind\n"
GOOD = HEADER + (
    "S1,Sở Kế hoạch và Đầu tư,department,01,,2025-03-01\n"
    "S2,Sở Tài chính,department,01,,2025-03-01\n"
    "S2,Sở Tài chính,department,01,2025-03-01,\n"
)
MERGED = STEPS + "S1,S2,2025-03-01,merge\nS2,S2,2025-03-01,merge\n"


def told(root):
    """The mistakes in English, in their order."""
    return "\n".join(english for _, english in registries.sentences(gather(root).mistakes))


@pytest.mark.parametrize(
    "bodies, steps, english",
    [
        pytest.param(
            HEADER + "001,Sở Y tế,department,01,,\n",
            STEPS,
            "registries/bodies.csv, line 2, column body_code: 001 is the code of an administrative unit in units.csv. "
            "Use another, such as the body's electronic identifier.",
            id="a unit's code",
        ),
        pytest.param(
            HEADER + "S1,Sở Y tế,department,99,,\n",
            STEPS,
            "registries/bodies.csv, line 2, column province_code: no province has the code 99 in units.csv. Mend it; "
            "leave it empty for a body of the whole country.",
            id="a province that is none",
        ),
        pytest.param(
            GOOD,
            MERGED.replace("S1,S2,2025-03-01", "S1,S2,2025-02-28"),
            "registries/body_succession.csv, line 2, column predecessor_code: bodies.csv has no line of S1 with "
            "valid_to = 2025-02-28. At a merger, a division or a new name, the old line ends and a new one begins on "
            "that day.\nregistries/body_succession.csv, line 2, column successor_code: bodies.csv has no line of S2 "
            "with valid_from = 2025-02-28. At a merger, a division or a new name, the old line ends and a new one "
            "begins on that day.",
            id="a step from nowhere",
        ),
        pytest.param(GOOD, MERGED, "", id="a merger"),
    ],
)
def test_what_is_wrong_with_bodies_is_told(tmp_path, bodies, steps, english):
    assert told(small_root(tmp_path, bodies=bodies, body_succession=steps)) == english
