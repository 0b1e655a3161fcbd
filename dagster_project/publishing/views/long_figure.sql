-- Components, totals as computed and as stated, ranks and levels, one below the other.
{% from 'names.jinja' import unit_in_year -%}
with {{ unit_in_year('fct_unit_result') }},

pillar as (
    select
        *,
        coalesce(valid_from_year, 0) as first_year,
        coalesce(valid_to_year, 9999) as last_year
    from dim_pillar
),

component as (
    select
        *,
        coalesce(valid_from_year, 0) as first_year,
        coalesce(valid_to_year, 9999) as last_year
    from dim_component
),

score as (
    select
        score.index_code,
        score.year,
        score.unit_key,
        score.pillar,
        score.component as field,
        component.name_vi as field_vi,
        score.score as figure,
        cast(null as varchar) as text
    from fct_component_score as score
    left join component
        on
            score.index_code = component.index_code
            and score.tier = component.tier
            and score.pillar = component.pillar
            and score.component = component.component
            and score.year between component.first_year and component.last_year
),

total as (
    select
        total.index_code,
        total.year,
        total.unit_key,
        total.pillar,
        unnest([
            {field: total.pillar || '_total', field_vi: 'Tổng số điểm ' || pillar.name_vi, figure: total.computed},
            {
                field: total.pillar || '_total_stated',
                field_vi: 'Tổng số điểm ' || pillar.name_vi || ' đã ghi',
                figure: total.stated
            }
        ], recursive := true),
        cast(null as varchar) as text
    from fct_pillar_result as total
    left join pillar
        on
            total.index_code = pillar.index_code
            and total.tier = pillar.tier
            and total.pillar = pillar.pillar
            and total.year between pillar.first_year and pillar.last_year
),

standing as (
    select
        index_code,
        year,
        unit_key,
        cast(null as varchar) as pillar,
        unnest([
            {field: 'rank', field_vi: 'Thứ hạng', figure: cast(rank_in_province as decimal(18, 9)), text: null},
            {field: 'rank_stated', field_vi: 'Thứ hạng đã ghi', figure: cast(rank_stated as decimal(18, 9)), text: null},
            {field: 'level', field_vi: 'Mức độ', figure: null, text: level_computed},
            {field: 'level_stated', field_vi: 'Mức độ đã ghi', figure: null, text: level_stated}
        ], recursive := true)
    from fct_unit_result
),

figure as (
    select * from score
    union all by name
    select * from total
    union all by name
    select * from standing
)

select
    figure.index_code,
    figure.year,
    unit.tier,
    coalesce(tier.name_vi, unit.tier) as tier_vi,
    unit.unit_code,
    figure.unit_key,
    unit.unit_name,
    result.district_code,
    district.unit_name as district_name,
    result.province_code,
    province.unit_name as province_name,
    figure.pillar,
    pillar.name_vi as pillar_vi,
    figure.field,
    figure.field_vi,
    figure.figure,
    figure.text
from figure
inner join dim_unit as unit using (unit_key)
inner join fct_unit_result as result using (index_code, year, unit_key)
left join unit_in_year as district on figure.year = district.year and result.district_code = district.unit_code
left join unit_in_year as province on figure.year = province.year and result.province_code = province.unit_code
left join pillar
    on
        figure.index_code = pillar.index_code
        and unit.tier = pillar.tier
        and figure.pillar = pillar.pillar
        and figure.year between pillar.first_year and pillar.last_year
left join dim_term as tier on tier.term = 'tier' and unit.tier = tier.code
where figure.figure is not null or figure.text is not null
