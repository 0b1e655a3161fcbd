"""A small SYNTHETIC index with all its registries, for tests: one tier, two pillars, four units."""

from __future__ import annotations

from pathlib import Path

from dagster_project.root import Root

REGISTRIES = {
    "pillars": """index_code,tier,pillar,aggregation,tolerance,is_ranked_by,absent_row,valid_from_year,valid_to_year
local,town,online,sum,0,true,blank,2018,
local,town,staff,weighted_mean,0,false,blank,2018,2021
""",
    "components": """index_code,tier,pillar,component,weight,max_score,valid_from_year,valid_to_year
local,town,online,site,1,10,2018,
local,town,online,mail,1,,2018,
local,town,staff,skill,2,10,2018,2021
local,town,staff,number,1,10,2018,2021
""",
    "level_rules": """index_code,tier,level,level_order,pillar,min_total,valid_from_year,valid_to_year
local,town,A,1,online,15,2018,
""",
    "units": """unit_code,unit_name,tier,valid_from,valid_to
001,Thị trấn Một,town,,2020-03-01
002,Thị trấn Hai,town,,
01,Tỉnh Một,province,,
003,Thị trấn Ba,town,2020-03-01,
""",
    "unit_succession": """predecessor_code,successor_code,effective_on,kind
001,003,2020-03-01,rename
""",
    "labels": """index_code,label,role,target
local,Trang tin,component,site
local,Thư điện tử,component,mail
""",
    "aliases": "index_code,written_name,written_parent,unit_code,valid_from_year,valid_to_year\n",
    "corrections": "correction_id,index_code,year,kind,unit_code,field,expect,corrected,decided_on\n",
    "acceptances": "finding_id,stated\n",
    "deadlines": "year,kind,opens_on,due_on\n2020,published,2021-01-01,2021-04-30\n",
}


def small_root(folder: Path, **other: str | bytes) -> Root:
    """A root with these registries; `other` has other contents for some of them."""
    (folder / "registries").mkdir(exist_ok=True)
    for name, text in {**REGISTRIES, **other}.items():
        content = text if isinstance(text, bytes) else text.encode()
        (folder / "registries" / f"{name}.csv").write_bytes(content)
    return Root(folder)


def added(name: str, *lines: str) -> str:
    """The content of one of them with lines at its end."""
    return REGISTRIES[name] + "".join(f"{line}\n" for line in lines)


def tree(*pillars: str) -> str:
    """pillars.csv of pillars written `pillar:the one above it`, all sums."""
    rows = [f"local,town,{one.replace(':', ',')},,sum,2018,\n" for one in pillars]
    return "index_code,tier,pillar,parent_pillar,weight,aggregation,valid_from_year,valid_to_year\n" + "".join(rows)
