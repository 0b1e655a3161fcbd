"""What findings would change, and what units lack for the next level: on the real decision of 2020, and on a draft of
2021 that is SYNTHETIC, with totals that are not the sums of their components and made-up maxima of components."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal

import duckdb
import pytest
from lxml import etree

from dagster_project import cli, registries
from dagster_project.publishing.quality.what_if import what_if
from dagster_project.publishing.quality.writing import write_quality
from dagster_project.publishing.views import FOLDER
from dagster_project.publishing.warehouse import publish
from dagster_project.root import REPOSITORY, Root

SYNTHETIC = REPOSITORY / "tests" / "data" / "synthetic" / "thai-binh-2021-synthetic.txt"
UNITS = re.compile(r"\d+\t(Xã|Phường|Thị trấn) ")
TOTAL = 11  # which field of a commune's line has the total that ranks
FEWER, NOT_LIKE = Decimal("1.5"), Decimal("0.37")


def slipped(text: str) -> str:
    """The decision with every fourth commune's total that ranks higher or lower than its sum; of one, as much as
    another has."""
    lines, found = text.split("\n"), []
    for at, line in enumerate(lines):
        fields = line.split("\t")
        if UNITS.match(line) and len(fields) > TOTAL:
            found.append((at, fields))
    for number, (at, fields) in enumerate(found):
        if number % 4 == 0:
            by = FEWER if number % 8 else -FEWER - NOT_LIKE
            fields[TOTAL] = found[number + 1][1][TOTAL] if number == 20 else str(Decimal(fields[TOTAL]) + by)
            lines[at] = "\t".join(fields)
    return "\n".join(lines)


@pytest.fixture(scope="module")
def root(tmp_path_factory, build_in_memory) -> Root:
    root = Root(tmp_path_factory.mktemp("what_if"))
    file = root.submissions / "2021" / "draft.txt"
    file.parent.mkdir(parents=True)
    file.write_text(slipped(SYNTHETIC.read_text("utf-8")), "utf-8")
    root.ledger.write_text(
        "file,sha256,year,kind,received_on,sender,note\n2021/draft.txt,,2021,appraised,2022-02-01,,SYNTHETIC\n", "utf-8"
    )
    with (REPOSITORY / "dbt_project" / "seeds" / "components.csv").open(encoding="utf-8", newline="") as common:
        rows = [row | {"max_score": "30"} if row["component"] == "presence" else row for row in csv.DictReader(common)]
    (root.path / "registries").mkdir()
    with (root.path / "registries" / "components.csv").open("w", encoding="utf-8", newline="") as own:
        writer = csv.DictWriter(own, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    registries.prepare(root)
    built = build_in_memory(root)
    root.warehouse.mkdir(parents=True, exist_ok=True)
    built.execute(f"ATTACH '{root.build_database}' AS built; COPY FROM DATABASE egov TO built; DETACH built")
    publish(root.build_database, root.published_database, FOLDER)
    return root


@pytest.fixture(scope="module")
def published(root):
    with duckdb.connect(str(root.published_database), read_only=True) as connection:
        yield connection


def ranks(totals: dict[str, Decimal]) -> dict[str, int]:
    return {key: 1 + sum(other > total for other in totals.values()) for key, total in totals.items()}


def test_every_rank_is_what_counting_again_gives(published):
    """By another way than the model's: each finding's total put in its place, and all ranked anew."""
    rows = published.execute(
        "select unit_key, stated from draft_pillar_result where tier = 'commune' and pillar = 'attainment' "
        "and stated is not null"
    ).fetchall()
    now = dict(rows)
    findings = published.execute(
        "select finding_id, unit_key, expected, materiality, level_with_stated, level_with_expected from fct_finding "
        "where code = 'total_differs' and field = 'attainment_total' and tier = 'commune'"
    ).fetchall()
    assert len(findings) > 20
    ways = set()
    for finding, unit, expected, materiality, with_stated, with_expected in findings:
        then = ranks({**now, unit: Decimal(expected)})
        before = ranks(now)
        told = {
            key: (rank_now, rank_if)
            for key, rank_now, rank_if in published.execute(
                "select unit_key, rank_now, rank_if from fct_what_if where finding_id = ?", [finding]
            ).fetchall()
        }
        changed = {key: (before[key], then[key]) for key in now if before[key] != then[key] or key == unit}
        assert told == changed, finding
        own = published.execute(
            "select is_level_changed, level_now, level_if, is_rank_changed from fct_what_if "
            "where finding_id = ? and is_own",
            [finding],
        ).fetchone()
        assert own[0] == (materiality == "level")
        if own[0]:
            assert own[1:3] == (with_stated, with_expected)
        assert materiality != "rank" or own[3]
        ways.add((own[0], own[3]))
    assert {(True, True), (False, True)} <= ways


def test_a_sentence_says_whose_level_and_rank_would_be_which(published):
    found = what_if(published, 2021)
    assert found.is_asked and [kind.code for kind in found.kinds] == ["appraised"]
    effect = next(one for one in found.felt if one.units[0].is_level_changed and one.units[0].is_rank_changed)
    own = effect.units[0]
    assert own.is_own and not any(one.is_own for one in effect.units[1:])
    assert f"thay vì {effect.stated.replace('.', ',')}" in effect.told.vi
    assert f"were {effect.expected} instead of {effect.stated}, it would be " in effect.told.en
    assert f"its rank would be {own.rank_if} instead of {own.rank_now}" in effect.told.en
    assert len(effect.told.vi) < 400  # longer, a page would cut it
    other = effect.units[1]
    assert f"{other.unit_name} ({other.district_name}) từ hạng {other.rank_now}" in effect.told.vi


def test_what_is_lacking_is_the_threshold_less_the_total_and_room_the_maximum_less_the_score(published):
    found = what_if(published, 2021)
    assert found.short
    for unit in found.short:
        lacking = [max(one.next_min_total - one.total, Decimal(0)) for one in unit.pillars]
        assert [one.to_next_level for one in unit.pillars] == lacking
        assert unit.short_of == sum(lacking) > 0
        assert {one.component for one in unit.rooms} <= {"presence"}
        assert all(one.room == Decimal(30) - one.score > 0 for one in unit.rooms)
    assert any(unit.rooms for unit in found.short)
    for _, units in found.short_of(found.kinds[0]):
        assert [unit.short_of for unit in units] == sorted(unit.short_of for unit in units)


def test_the_page_of_a_draft_has_every_effect_and_what_is_lacking(root, tmp_path, published):
    write_quality(root.published_database, tmp_path / "quality")
    folder = tmp_path / "quality" / "2021"
    page = etree.parse(folder / "what-if.html", etree.HTMLParser()).getroot()
    text = " ".join(page.itertext())
    found = what_if(published, 2021)
    assert all(effect.told.vi in text and effect.told.en in text for effect in found.felt)
    assert "Tiêu chí còn dưới điểm tối đa" in text
    assert 'href="what-if.html"' in (folder / "index.html").read_text("utf-8")
    for link in page.xpath("//a[contains(@href, '#')]/@href"):
        name, _, anchor = link.partition("#")
        assert f'id="{anchor}"' in (folder / name).read_text("utf-8"), link


def test_the_decision_of_2020_on_the_command_line_and_its_page(run_of_2020, capsys):
    def told(*arguments):
        assert cli.invoke(["--root", str(run_of_2020.path), "what-if", *arguments]) == 0
        return capsys.readouterr().out

    text = told()
    assert "Nếu mức độ của Xã Đông Mỹ (Thành phố Thái Bình) được sửa theo quy định, thì đơn vị xếp mức độ IV" in text
    assert "it would be not eligible for a level instead of level IV" in text
    assert text.count(" được sửa theo quy định") == 5 and "44,93" not in text
    assert "Huyện Thái Thụy: mức độ III → mức độ II, thiếu / lacks 0,401" in text
    one = told("--unit", "tien hai")
    assert "45,13 thay vì 44,93, thì mức độ và thứ hạng giữ nguyên" in one and "Thái Thụy" not in one
    document = json.loads(told("--format", "json"))
    assert len(document["findings"]) == 6
    assert {unit["unit_name"] for unit in document["short_of_next_level"]} >= {"Xã Đông Mỹ", "Huyện Tiền Hải"}
    rows = list(csv.DictReader(io.StringIO(told("--format", "csv", "--year", "2020"))))
    short = {(row["unit_code"], row["pillar"]): row["to_next_level"] for row in rows if row["about"] == "next_level"}
    assert short["341", "attainment"] == "0.401" and short["341", "readiness"] == "0"
    assert sum(row["about"] == "finding" for row in rows) == 6
    for refused in (["--unit", "Hà Nội xyz"], ["--year", "1999"]):
        assert cli.invoke(["--root", str(run_of_2020.path), "what-if", *refused]) != 0
        assert len(capsys.readouterr().err.splitlines()) == 2
    page = (run_of_2020.published / "quality" / "2020" / "what-if.html").read_text("utf-8")
    assert page.count("được sửa theo quy định") == 5 and "0,401" in page


def test_a_year_that_is_settled_has_no_such_page(root, tmp_path):
    settled = tmp_path / "egov.duckdb"
    settled.write_bytes(root.published_database.read_bytes())
    with duckdb.connect(str(settled)) as connection:
        connection.execute("delete from fct_what_if; delete from draft_unit_result; delete from draft_level_distance")
    write_quality(settled, tmp_path / "quality")
    assert not (tmp_path / "quality" / "2021" / "what-if.html").exists()
    assert "what-if.html" not in (tmp_path / "quality" / "2021" / "index.html").read_text("utf-8")


def test_a_warehouse_that_an_earlier_version_published_is_told_in_a_sentence(root, tmp_path, capsys):
    older = Root(tmp_path)
    older.published.mkdir(parents=True)
    older.published_database.write_bytes(root.published_database.read_bytes())
    with duckdb.connect(str(older.published_database)) as connection:
        connection.execute("drop table fct_what_if")
    assert cli.invoke(["--root", str(tmp_path), "what-if"]) != 0
    out, said = capsys.readouterr()
    assert out == "" and "phiên bản trước" in said and "earlier version" in said
