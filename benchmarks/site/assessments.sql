-- SYNTHETIC: the country of `../trends/country.sql` as the site reads it, in eight years. Each province and year is an
-- assessment, and every row is of one.

delete from dim_assessment;

insert into dim_assessment by name
select
    result.index_code || '/' || result.year || '/published/' || result.province_code as assessment_key,
    result.index_code,
    result.year,
    'published' as kind,
    result.province_code,
    any_value(province.unit_name) as province_name,
    1 as submissions,
    cast(count(*) as integer) as units_expected,
    cast(count(*) as integer) as units_scored,
    true as is_complete
from fct_unit_result as result
inner join dim_unit as province
    on
        result.province_code = province.unit_code
        and province.tier = 'province'
        and coalesce(province.valid_from, date '0001-01-01') <= date '2020-12-31'
        and coalesce(province.valid_to, date '9999-12-31') > date '2020-12-31'
where result.year < 2026
group by result.index_code, result.year, result.province_code;

update agg_level_transitions
set assessment_key = agg_level_transitions.index_code || '/' || agg_level_transitions.year || '/published/' || above.province_code
from (
    select distinct district_code as code, province_code from fct_unit_result where district_code is not null
    union
    select distinct province_code, province_code from fct_unit_result
) as above
where agg_level_transitions.parent_code = above.code;

-- What a total is above its level's threshold and short of the next one's.
insert into fct_level_distance by name
with rule as (
    select * from dim_level_rule where index_code = 'egov_2392'
)

select
    total.index_code, total.year, total.tier, total.unit_code, total.unit_key, total.pillar, total.computed,
    result.level_computed, reached.min_total, total.computed - reached.min_total as margin, result.next_level,
    next.min_total as next_min_total, greatest(next.min_total - total.computed, 0) as to_next_level,
    next.min_total > total.computed as is_holding_back
from fct_pillar_result as total
inner join fct_unit_result as result using (year, unit_key)
left join rule as reached
    on total.tier = reached.tier and total.pillar = reached.pillar and result.level_computed = reached.level
left join rule as next
    on total.tier = next.tier and total.pillar = next.pillar and result.next_level = next.level;
