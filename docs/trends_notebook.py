# A notebook on the published warehouse, to open in VS Code or, with jupytext, in Jupyter: each `# %%` begins a cell. It
# needs duckdb, pandas and altair, which are in requirements.lock, and a warehouse in data/published (`egov run`).

# %% [markdown]
# Where do the districts of 2020 stand, and which pillar holds them back?

# %%
import altair
import duckdb

warehouse = duckdb.connect("data/published/egov.duckdb", read_only=True)

# %%
# pandas has no exact decimals: what is only drawn may become floating point, what is compared stays in SQL.
districts = warehouse.sql("""
    select
        unit_name,
        level_computed_vi,
        held_back_by_vi,
        rank_in_province,
        cast(readiness_computed as double) as readiness,
        cast(attainment_computed as double) as attainment
    from named_unit_result
    where year = 2020 and tier = 'district'
    order by rank_in_province
""").df()
print(districts)

# %%
thresholds = warehouse.sql("""
    select level, cast(min_total as double) as attainment
    from dim_level_rule
    where index_code = 'egov_2392' and tier = 'district' and pillar = 'attainment'
""").df()

# %%
points = (
    altair.Chart(districts)
    .mark_point(size=90, filled=True)
    .encode(
        x=altair.X("readiness", title="Điều kiện sẵn sàng", scale=altair.Scale(zero=False)),
        y=altair.Y("attainment", title="Mức độ đạt được", scale=altair.Scale(zero=False)),
        color=altair.Color("level_computed_vi", title="Mức độ"),
        tooltip=["unit_name", "rank_in_province", "held_back_by_vi"],
    )
)
lines = altair.Chart(thresholds).mark_rule(strokeDash=[4, 4]).encode(y="attainment", tooltip=["level"])
chart = points + lines
chart  # noqa: B018
