"""Mistakes in registries: each is told in both languages, with file, lines and what to do, and all of them at once."""

from __future__ import annotations

import pytest
from small import REGISTRIES, added, small_root, tree

from dagster_project import registries
from dagster_project.registries.gathering import gather


def told(root, is_warning=False):
    return list(registries.sentences(one for one in gather(root).mistakes if one.is_warning is is_warning))


def test_registries_without_mistakes_are_told_nothing_of(tmp_path):
    root = small_root(tmp_path, components=added("components", "local,town,online,page,1,10,,"))
    assert told(root) == [] and told(root, is_warning=True) == []


@pytest.mark.parametrize(
    ("name", "content", "vietnamese", "english"),
    [
        pytest.param(
            "level_rules",
            added("level_rules", "local,town,A,1,online,16,2022,"),
            "registries/level_rules.csv, dòng 2, 3, cột valid_to_year: hai dòng cùng áp dụng cho local · town · A · "
            "online kể từ 2022, vì dòng 2 còn để mở. Hãy điền valid_to_year = 2021 ở dòng 2; nếu dòng 3 mới sai thì "
            "sửa valid_from_year của dòng 3.",
            "registries/level_rules.csv, lines 2, 3, column valid_to_year: both lines hold for local · town · A · "
            "online from 2022 on, because line 2 was left open. Fill in valid_to_year = 2021 in line 2; if it is line "
            "3 that is wrong, mend its valid_from_year.",
            id="a line left open",
        ),
        pytest.param(
            "units",
            added("units", "003,Thị trấn Bốn,town,2024-11-01,"),
            "registries/units.csv, dòng 5, 6, cột valid_to: hai dòng cùng áp dụng cho 003 kể từ 2024-11-01, vì dòng 5 "
            "còn để mở. Hãy điền valid_to = 2024-11-01 ở dòng 5; nếu dòng 6 mới sai thì sửa valid_from của dòng 6.",
            "registries/units.csv, lines 5, 6, column valid_to: both lines hold for 003 from 2024-11-01 on, because "
            "line 5 was left open. Fill in valid_to = 2024-11-01 in line 5; if it is line 6 that is wrong, mend "
            "its valid_from.",
            id="a unit's period left open",
        ),
        pytest.param(
            "units",
            "unit_key,unit_code,unit_name,tier\na,001,Một,town\na,003,Ba,town\n",
            "registries/units.csv, dòng 2, 3, cột unit_key: a có hai dòng; hãy sửa một trong hai, hoặc để trống cột "
            "này.",
            "registries/units.csv, lines 2, 3, column unit_key: a has two lines; mend one of them, or leave this "
            "column empty.",
            id="two units of one key",
        ),
        pytest.param(
            "pillars",
            added("pillars", "local,town,staff,sum,0,false,blank,2021,"),
            "registries/pillars.csv, dòng 3, 4, cột valid_to_year: hai dòng cùng áp dụng cho local · town · staff kể "
            "từ 2021. Hãy sửa valid_to_year của dòng 3 thành 2020, hoặc sửa valid_from_year của dòng 4.",
            "registries/pillars.csv, lines 3, 4, column valid_to_year: both lines hold for local · town · staff from "
            "2021 on. Change valid_to_year of line 3 to 2020, or valid_from_year of line 4.",
            id="two periods overlap",
        ),
        pytest.param(
            "level_rules",
            added("level_rules", "local,town,A,1,online,15,2018,"),
            "registries/level_rules.csv, dòng 2, 3, cột valid_from_year: hai dòng cùng nói về local · town · A · "
            "online và cùng bắt đầu một lúc; chỉ được giữ một dòng.",
            "registries/level_rules.csv, lines 2, 3, column valid_from_year: both lines are about local · town · A · "
            "online and begin at the same time; only one of them may stay.",
            id="the same line twice",
        ),
        pytest.param(
            "level_rules",
            added("level_rules", "local,town,B,2,online,10,2020,2019"),
            "registries/level_rules.csv, dòng 3, cột valid_to_year: năm cuối đứng trước năm đầu (valid_from_year).",
            "registries/level_rules.csv, line 3, column valid_to_year: the last year is before the first "
            "(valid_from_year).",
            id="ends before it begins",
        ),
        pytest.param(
            "level_rules",
            added("level_rules", "local,town,B,2,online,mười,2018,"),
            "registries/level_rules.csv, dòng 3, cột min_total: “mười” phải là một số, ví dụ 84,25 hoặc 84.25, không "
            "có dấu ngăn hàng nghìn.",
            "registries/level_rules.csv, line 3, column min_total: 'mười' must be one number such as 84.25 or 84,25, "
            "without marks between thousands.",
            id="words for a number",
        ),
        pytest.param(
            "level_rules",
            added("level_rules", "local,town,B,2,online,84,25,2018,"),
            "registries/level_rules.csv, dòng 3: có 9 trường, nhưng tiêu đề chỉ có 8. Giá trị chứa dấu phẩy phải đặt "
            "trong dấu nháy kép; số thập phân thì viết 84.25.",
            "registries/level_rules.csv, line 3: there are 9 fields, but the header has 8. A value with a comma in it "
            "goes between quotation marks; of a number write 84.25.",
            id="a decimal comma between commas",
        ),
        pytest.param(
            "deadlines",
            added("deadlines", "2021,published,,04/15/2022"),
            "registries/deadlines.csv, dòng 3, cột due_on: “04/15/2022” phải là ngày theo thứ tự ngày/tháng/năm, ví dụ "
            "31/12/2024, hoặc 2024-12-31.",
            "registries/deadlines.csv, line 3, column due_on: '04/15/2022' must be a day written day first, such as "
            "31/12/2024, or as 2024-12-31.",
            id="a day that cannot be day first",
        ),
        pytest.param(
            "deadlines",
            added("deadlines", "2020,published,,30/04/2021"),
            "registries/deadlines.csv, dòng 2, 3: 2020 · published có hai dòng; chỉ được giữ một dòng.",
            "registries/deadlines.csv, lines 2, 3: 2020 · published has two lines; only one of them may stay.",
            id="a key twice",
        ),
        pytest.param(
            "deadlines",
            added("deadlines", "20201,public,,"),
            "registries/deadlines.csv, dòng 3, cột year: “20201” phải là năm, ví dụ 2020.\n"
            "registries/deadlines.csv, dòng 3, cột kind: “public” không phải từ cho phép; chỉ có: published, "
            "appraised, self_assessed, reply.\n"
            "registries/deadlines.csv, dòng 3, cột due_on: không được để trống.",
            "registries/deadlines.csv, line 3, column year: '20201' must be a year such as 2020.\n"
            "registries/deadlines.csv, line 3, column kind: 'public' is none of: published, appraised, self_assessed, "
            "reply.\n"
            "registries/deadlines.csv, line 3, column due_on: must not be empty.",
            id="all mistakes of a line at once",
        ),
        pytest.param(
            "pillars",
            REGISTRIES["pillars"].replace("local,town,online,sum", "local,town,online,total"),
            "registries/pillars.csv, dòng 2, cột aggregation: “total” không phải từ cho phép; chỉ có: sum, "
            "weighted_mean, stated.",
            "registries/pillars.csv, line 2, column aggregation: 'total' is none of: sum, weighted_mean, stated.",
            id="an unknown aggregation",
        ),
        pytest.param(
            "pillars",
            REGISTRIES["pillars"].replace("mean,0,false", "mean,0,true"),
            "registries/pillars.csv, dòng 2, 3, cột is_ranked_by: hai nhóm của một cấp cùng được dùng để xếp hạng; chỉ "
            "một nhóm được là true.",
            "registries/pillars.csv, lines 2, 3, column is_ranked_by: two pillars of one tier are ranked by; only one "
            "of them may be true.",
            id="two pillars that rank",
        ),
        pytest.param(
            "components",
            REGISTRIES["components"].replace("skill,2", "skill,0").replace("number,1", "number,"),
            "registries/components.csv, dòng 4, 5, cột weight: nhóm staff là trung bình có trọng số, nhưng các trọng "
            "số cộng lại bằng 0.",
            "registries/components.csv, lines 4, 5, column weight: the pillar staff is a weighted mean, but its "
            "weights add up to 0.",
            id="weights that are all zero",
        ),
        pytest.param(
            "pillars",
            tree("online:whole", "staff:part", "whole:staff", "part:whole"),
            "registries/pillars.csv, dòng 3, 4, 5, cột parent_pillar: các nhóm đứng trên nhau thành vòng: whole → "
            "staff → part → whole. Hãy để trống ô của nhóm trên cùng.",
            "registries/pillars.csv, lines 3, 4, 5, column parent_pillar: the pillars stand above each other in a "
            "circle: whole → staff → part → whole. Leave the cell of the topmost pillar empty.",
            id="a tree with a circle",
        ),
        pytest.param(
            "pillars",
            tree("online:whole", "staff:"),
            "registries/pillars.csv, dòng 2, cột parent_pillar: không có nhóm cấp trên local · town · whole. Hãy sửa "
            "tên ở đây, hoặc thêm một dòng cho nhóm đó.",
            "registries/pillars.csv, line 2, column parent_pillar: there is no pillar local · town · whole to stand "
            "above. Mend the name here, or add a line for that pillar.",
            id="a pillar below none",
        ),
        pytest.param(
            "pillars",
            REGISTRIES["pillars"].replace("staff,weighted_mean", "staff,stated"),
            "registries/components.csv, dòng 4, 5, cột pillar: nhóm staff lấy nguyên tổng đã ghi (aggregation = "
            "stated) nên không có gì ở dưới. Hãy xóa các dòng này, hoặc ghi sum hay weighted_mean trong pillars.csv.",
            "registries/components.csv, lines 4, 5, column pillar: the pillar staff is taken as it is stated "
            "(aggregation = stated), so nothing stands below it. Delete these lines, or write sum or weighted_mean in "
            "pillars.csv.",
            id="components of a total that is taken as it is stated",
        ),
        pytest.param(
            "pillars",
            tree("online:whole", "staff:whole", "whole:").replace("whole,,,sum", "whole,,,weighted_mean"),
            "registries/pillars.csv, dòng 2, 3, cột weight: nhóm whole là trung bình có trọng số, nhưng các trọng số "
            "cộng lại bằng 0.",
            "registries/pillars.csv, lines 2, 3, column weight: the pillar whole is a weighted mean, but its weights "
            "add up to 0.",
            id="pillars without weights below a weighted mean",
        ),
        pytest.param(
            "components",
            added("components", "local,town,stafff,age,1,10,2018,2021"),
            "registries/components.csv, dòng 6, cột pillar: pillars.csv không có nhóm local · town · stafff. Hãy sửa "
            "tên nhóm ở đây, hoặc thêm nhóm vào pillars.csv.",
            "registries/components.csv, line 6, column pillar: pillars.csv has no pillar local · town · stafff. Mend "
            "the name here, or add the pillar there.",
            id="a component of no pillar",
        ),
        pytest.param(
            "components",
            added("components", "local,town,staff,age,1,10,2018,"),
            "registries/components.csv, dòng 6, cột valid_from_year: nhóm local · town · staff không áp dụng trong năm "
            "2022 theo pillars.csv. Hãy sửa thời gian áp dụng ở một trong hai nơi.",
            "registries/components.csv, line 6, column valid_from_year: the pillar local · town · staff does not hold "
            "in 2022, says pillars.csv. Mend the years in one of the two places.",
            id="a component of a pillar that has ended",
        ),
        pytest.param(
            "level_rules",
            added("level_rules", "local,town,A,1,paper,15,2018,"),
            "registries/level_rules.csv, dòng 3, cột pillar: pillars.csv không có nhóm local · town · paper. Hãy sửa "
            "tên nhóm ở đây, hoặc thêm nhóm vào pillars.csv.",
            "registries/level_rules.csv, line 3, column pillar: pillars.csv has no pillar local · town · paper. Mend "
            "the name here, or add the pillar there.",
            id="a level rule of no pillar",
        ),
        pytest.param(
            "labels",
            added("labels", "local,THƯ  điện tử:,component,site"),
            "registries/labels.csv, dòng 3, 4, cột target: nhãn “THƯ  điện tử:” (vai trò component) có hai nghĩa: mail "
            "và site. Hãy xóa một dòng.",
            "registries/labels.csv, lines 3, 4, column target: the label 'THƯ  điện tử:' (role component) has two "
            "meanings: mail and site. Delete one of the lines.",
            id="a label with two meanings",
        ),
        pytest.param(
            "labels",
            added("labels", "local,Trang,component,page"),
            "registries/labels.csv, dòng 4, cột target: vai trò component không có đích “page”; chỉ có: mail, number, "
            "site, skill.",
            "registries/labels.csv, line 4, column target: the role component has no target 'page'; there are: mail, "
            "number, site, skill.",
            id="a label of no component",
        ),
        pytest.param(
            "aliases",
            added("aliases", "local,Mot,,009,,"),
            "registries/aliases.csv, dòng 2, cột unit_code: không có đơn vị nào mang mã 009 trong units.csv; mã đứng "
            "trong danh mục của Tổng cục Thống kê.",
            "registries/aliases.csv, line 2, column unit_code: no unit has the code 009 in units.csv; codes are those "
            "of the General Statistics Office's list.",
            id="an alias of no unit",
        ),
        pytest.param(
            "corrections",
            added("corrections", "DC-1,local,2022,,002,staff_total,1,2,2023-01-01"),
            "registries/corrections.csv, dòng 2, cột field: “staff_total” không phải ô nào đính chính được; năm đó có: "
            "site, mail, online_total, level, rank.",
            "registries/corrections.csv, line 2, column field: 'staff_total' is no field that can be corrected; in "
            "that year there are: site, mail, online_total, level, rank.",
            id="a correction of a field that there is not then",
        ),
        pytest.param(
            "corrections",
            added("corrections", "DC-1,local,2016,,002,site,1,2,2023-01-01"),
            "registries/corrections.csv, dòng 2, cột year: bộ tiêu chí local không có quy định nào cho năm 2016.",
            "registries/corrections.csv, line 2, column year: the index local has no rules for 2016.",
            id="a correction in a year without rules",
        ),
        pytest.param(
            "acceptances",
            added("acceptances", ",44.93"),
            "registries/acceptances.csv, dòng 2, cột finding_id: không được để trống.",
            "registries/acceptances.csv, line 2, column finding_id: must not be empty.",
            id="an acceptance of nothing",
        ),
        pytest.param(
            "acceptances",
            "finding_id,statd,remark\n",
            "registries/acceptances.csv, dòng 1, cột statd: không có cột tên này (có phải stated?). Các cột: "
            "finding_id, stated, accepted_by, accepted_on, why.\n"
            "registries/acceptances.csv, dòng 1, cột remark: không có cột tên này. Các cột: finding_id, stated, "
            "accepted_by, accepted_on, why.\n"
            "registries/acceptances.csv, dòng 1, cột stated: thiếu cột này; hãy thêm vào.",
            "registries/acceptances.csv, line 1, column statd: unknown column (is it stated?). Its columns are: "
            "finding_id, stated, accepted_by, accepted_on, why.\n"
            "registries/acceptances.csv, line 1, column remark: unknown column. Its columns are: finding_id, stated, "
            "accepted_by, accepted_on, why.\n"
            "registries/acceptances.csv, line 1, column stated: this column is missing; put it in.",
            id="columns unknown and missing",
        ),
        pytest.param(
            "deadlines",
            "2020,published,2021-01-01,2021-04-30\n",
            "registries/deadlines.csv, dòng 1: dòng đầu phải là tên các cột: year, kind, opens_on, due_on.",
            "registries/deadlines.csv, line 1: the first line must be the names of the columns: year, kind, opens_on, "
            "due_on.",
            id="no header",
        ),
        pytest.param(
            "aliases",
            added("aliases", 'local,"Một,,001,,', "local,Hai,,002,,"),
            "registries/aliases.csv, dòng 2: dấu nháy kép mở ra ở dòng này mà không đóng lại đúng chỗ, nên các dòng "
            "dưới bị nuốt. Hãy xóa dấu nháy, hoặc viết hai dấu nháy liền nhau.",
            "registries/aliases.csv, line 2: a quotation mark is opened in this line and not closed in its place, so "
            "that it swallows the lines below. Delete it, or write it twice.",
            id="an open quotation mark",
        ),
        pytest.param(
            "aliases",
            added("aliases", "local,Thị trấn Mì,,001,,").encode("cp1252", errors="replace"),
            "registries/aliases.csv, dòng 2: bảng mã của tệp không ghi được mọi chữ tiếng Việt, có chữ đã mất dấu. Hãy "
            "mở bản gốc và lưu lại dạng 'CSV UTF-8'.",
            "registries/aliases.csv, line 2: the encoding of this file cannot hold all Vietnamese letters, and some "
            "were lost. Open the original and save it as 'CSV UTF-8'.",
            id="letters lost in another encoding",
        ),
        pytest.param(
            "aliases",
            b"PK\x03\x04" + bytes(200),
            "registries/aliases.csv, dòng 1: đây không phải tệp CSV. Hãy mở bằng Excel và lưu lại dạng 'CSV UTF-8'.",
            "registries/aliases.csv, line 1: this is no CSV file. Open it in a spreadsheet program and save it as "
            "'CSV UTF-8'.",
            id="a workbook called .csv",
        ),
        pytest.param(
            "unit_succession",
            added("unit_succession", "1,003,2021-01-01,rename"),
            "registries/unit_succession.csv, dòng 3, cột predecessor_code: mã 1 đã mất số 0 ở đầu và có thể là: 001, "
            "01. Hãy ghi mã đầy đủ (định dạng cột là Text).",
            "registries/unit_succession.csv, line 3, column predecessor_code: the code 1 has lost its leading zeros "
            "and may be: 001, 01. Write it out (format the column as text).",
            id="a code that may be two",
        ),
    ],
)
def test_a_mistake_is_a_sentence_in_both_languages(tmp_path, name, content, vietnamese, english):
    sentences = told(small_root(tmp_path, **{name: content}))
    assert ("\n".join(one for one, _ in sentences), "\n".join(one for _, one in sentences)) == (vietnamese, english)


def test_all_files_are_told_of_at_once(tmp_path):
    root = small_root(
        tmp_path, acceptances=added("acceptances", ",1"), deadlines=added("deadlines", "2021,published,,soon")
    )
    with pytest.raises(registries.Mistakes) as refused:
        registries.prepare(root)
    assert "acceptances.csv, line 2" in str(refused.value) and "deadlines.csv, line 3" in str(refused.value)
    assert "acceptances.csv, dòng 2" in refused.value.vietnamese and not root.warehouse.exists()


def test_the_same_mistake_in_many_lines_is_one_sentence_and_many_of_a_column_are_counted(tmp_path):
    same = small_root(tmp_path, acceptances=added("acceptances", *[f",{figure}" for figure in range(20)]))
    (only,) = told(same)
    assert "lines 2, 3, 4, 5, 6, 7 and 14 more, column finding_id" in only[1]
    other = small_root(
        tmp_path, deadlines=added("deadlines", *[f"{1900 + at},published,,day {at}" for at in range(20)])
    )
    *_, (vietnamese, english) = [one for one in told(other) if "deadlines" in one[1]]
    assert (vietnamese, english) == (
        "registries/deadlines.csv: còn 14 lỗi tương tự.",
        "registries/deadlines.csv: 14 more of this kind.",
    )


def test_a_line_without_effect_is_a_warning_and_stops_nothing(tmp_path):
    aliases = added("aliases", "local,Mot,,001,2022,")
    labels = added("labels", "lokal,Trang,component,page")
    root = small_root(tmp_path, aliases=aliases, labels=labels)
    (tmp_path / "registries" / "labels.xlsx").write_bytes(b"PK")
    assert told(root) == []
    assert [english for _, english in told(root, is_warning=True)] == [
        "registries/labels.xlsx: this file is not read; save it as labels.csv ('CSV UTF-8').",
        "registries/aliases.csv, line 2, column unit_code: without effect: in the years of this line no unit has the "
        "code 001.",
        "registries/labels.csv, line 4, column index_code: without effect: pillars.csv has no index lokal.",
    ]
    assert registries.prepare(root) == registries.prepare(root) != []
