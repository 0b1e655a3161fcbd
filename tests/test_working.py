"""The working database is used again only as the step before left it."""

import duckdb
import pytest

from dagster_project.errors import UserError
from dagster_project.root import Root
from dagster_project.warehouse import wholeness, working
from dagster_project.warehouse.build import BuildFailed, CouldNotRun


@pytest.fixture
def root(tmp_path):
    root = Root(tmp_path)
    with working.made_or_used(root) as is_empty:
        assert is_empty
        duckdb.connect(str(root.build_database)).close()
    return root


@pytest.mark.parametrize(
    ("error", "is_sound"),
    [
        (BuildFailed("a test failed", "một phép thử không qua"), True),
        (UserError("a correction does not fit", "một đính chính không khớp"), True),
        (CouldNotRun("dbt broke down", "dbt bị hỏng"), False),
        (KeyboardInterrupt(), False),
        (OSError("a disk"), False),
    ],
)
def test_a_step_that_refused_has_closed_it_and_one_that_broke_off_has_not(root, error, is_sound):
    with pytest.raises(type(error)), working.used(root):
        raise error
    assert working.is_sound(root) is is_sound


def test_of_a_database_that_is_gone_nothing_is_built(root):
    (root.warehouse / "built.json").write_text('{"seed.egov.pillars": "1"}')
    assert wholeness._read(root) == {"seed.egov.pillars": "1"}
    working.remove(root)
    assert wholeness._read(root) == {}


@pytest.mark.parametrize("content", ["", "noise", "[]", '{"seed.egov.pillars": 1}'])
def test_a_record_of_another_shape_says_nothing(root, content):
    (root.warehouse / "built.json").write_text(content)
    assert wholeness._read(root) == {}
