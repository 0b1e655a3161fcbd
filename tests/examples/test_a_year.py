"""The officer's year of `examples/a-year`, played whole: what its guide promises is what it prints."""

from __future__ import annotations

import re
import subprocess
import sys

import duckdb
import pytest

from dagster_project.root import REPOSITORY, Root

YEAR = REPOSITORY / "examples" / "a-year"


@pytest.fixture(scope="module")
def played(tmp_path_factory) -> tuple[Root, str]:
    folder = tmp_path_factory.mktemp("year") / "root"
    done = subprocess.run([sys.executable, YEAR / "play.py", folder], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    return Root(folder), done.stdout


def quoted() -> list[str]:
    """What the guide shows as printed: its fenced lines that are no command."""
    blocks = re.findall(r"```\n(.*?)```", (YEAR / "README.md").read_text("utf-8"), re.S)
    return [line for block in blocks for line in block.splitlines() if re.match(r" *(~|\+|\d{4}|\*|Năm|Year)", line)]


@pytest.mark.slow
def test_the_guide_shows_what_is_printed(played):
    printed = {line.strip() for line in played[1].splitlines()}
    assert len(quoted()) >= 9
    assert [line for line in quoted() if line.strip() not in printed] == []


@pytest.mark.slow
def test_in_the_end_the_decision_stands_with_its_late_row(played):
    root, _ = played
    with duckdb.connect(str(root.published_database), read_only=True) as connection:

        def ask(sql: str) -> list[tuple]:
            return connection.execute(sql).fetchall()

        assert ask("select count(*) from fct_unit_result where year = 2021 and result_status = 'scored'") == [(104,)]
        assert ask(
            "select level_computed, rank_in_province from fct_unit_result where year = 2021 and unit_code = '341'"
        ) == [("II", 3)]
        assert ask("select distinct kind from draft_unit_result order by 1") == [("appraised",), ("self_assessed",)]
        assert ask("select status, count(*) from fct_finding where year = 2021 group by 1 order by 1") == [
            ("accepted", 1),
            ("open", 3),
            ("resolved", 1),
        ]
        assert ask("select outcome from fct_correction") == [("applied",)]
        assert ask("select count(*) from fct_finding_reply") == [(1,)]
        assert ask("select reason from fct_quarantine where year = 2021") == [("reply_unknown",)] * 2
