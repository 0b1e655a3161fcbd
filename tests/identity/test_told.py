"""What people keep by hand and the folder of files: mistakes are sentences before anything is built, and stop no run
that they do not concern."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

import pytest
from scene import IDENTITY, Scene, seed

from dagster_project import days, registries
from dagster_project.root import Root
from dagster_project.submissions import folder

OVERLAPPING = {
    "pillars": "egov_2392,commune,readiness,,,sum,0,30,false,0.5,0.25,blank,,,2020,,SYNTHETIC\n",
    "components": "egov_2392,commune,readiness,infrastructure,1,,,,,,2020,,SYNTHETIC\n",
    "level_rules": "egov_2392,commune,II,2,readiness,25,2020,,SYNTHETIC\n",
}


@pytest.mark.parametrize("name", OVERLAPPING)
def test_rows_of_a_registry_that_hold_at_once_are_told_with_their_lines_before_anything_is_built(scene, name):
    text = seed(name)
    lines = len(text.splitlines())
    scene.register(name, text + OVERLAPPING[name])
    with pytest.raises(registries.Mistakes) as told:
        scene.check(IDENTITY / "e4.csv")
    ((line, last),) = [one.lines for one in told.value.mistakes]
    assert last == lines + 1 and 1 < line <= lines
    assert f"registries/{name}.csv, lines {line}, {last}" in str(told.value)
    with pytest.raises(registries.Mistakes):
        registries.prepare(scene.root)


def test_the_day_of_receipt_is_the_one_in_vietnam(monkeypatch):
    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return datetime(2021, 4, 5, 18, 30, tzinfo=UTC).astimezone(tz or UTC)

    monkeypatch.setattr(days, "datetime", Clock)
    assert days.today().isoformat() == "2021-04-06"


def test_a_folder_that_is_no_year_is_left_out_and_the_others_go_on(tmp_path, build_in_memory):
    scene = Scene(tmp_path, build_in_memory).receive("2020/e4.csv", IDENTITY / "e4.csv")
    stray = tmp_path / "data" / "submissions" / "0000" / "e3.csv"
    stray.parent.mkdir()
    stray.write_bytes((IDENTITY / "e3.csv").read_bytes())
    arrived = folder.arrivals(Root(tmp_path))
    assert [(one.file, one.reason) for one in arrived.left_out] == [("0000/e3.csv", "not_in_a_year_folder")]
    found = scene.build().execute("select file_name, year from fct_submission").fetchall()
    assert found == [("e4.csv", 2020)]
