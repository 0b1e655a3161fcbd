-- SYNTHETIC results of ten years, 2018 to 2027, for every commune and district that the country had on 31 December 2020,
-- as the published tables hold them. Units and rules are the registries'; every figure is made by a hash of what it is of.
-- Not here: mergers, missing units and changed rules. What takes time is how many rows there are.

create temp table unit_year as
select
    2018 + year.range as year,
    'egov_2392' as index_code,
    unit.tier,
    unit.unit_code,
    unit.unit_key,
    unit.unit_name,
    case when unit.tier = 'commune' then unit.parent_code end as district_code,
    unit.province_code,
    'SYNTHETIC-' || unit.province_code || '-' || (2018 + year.range) as submission_id
from dim_unit as unit, range(10) as year
where
    unit.tier in ('district', 'commune')
    and coalesce(unit.valid_from, date '0001-01-01') <= date '2020-12-31'
    and coalesce(unit.valid_to, date '9999-12-31') > date '2020-12-31';

insert into fct_submission by name
select distinct
    submission_id,
    year,
    index_code,
    province_code,
    'synthetic-' || province_code || '-' || year || '.txt' as file_name,
    'txt' as format,
    'published' as kind,
    make_date(year + 1, 4, 5) as received_on,
    true as is_current
from unit_year;

-- About 88 % of what a pillar can give, so that units lie on all levels; whole points for one commune in two.
create temp table score as
with made as (
    select
        unit_year.*,
        component.pillar,
        component.component,
        row_number() over (partition by unit_year.year, unit_year.unit_key order by component.pillar desc, component.component) as place,
        pillar.max_total / count(*) over (partition by unit_year.year, unit_year.unit_key, component.pillar) as share,
        hash(unit_year.unit_key, component.component) % 1000 as always,
        hash(unit_year.unit_key, component.component, unit_year.year) % 1000 as this_year,
        unit_year.tier = 'commune' and hash(unit_year.unit_key) % 2 = 0 as is_whole
    from unit_year
    inner join dim_component as component using (index_code, tier)
    inner join dim_pillar as pillar using (index_code, tier, pillar)
)

select
    * exclude (share, always, this_year, is_whole),
    cast(round(share * (0.72 + 0.00017 * always + 0.00008 * this_year + 0.006 * (year - 2018)), if(is_whole, 0, 2)) as decimal(18, 9)) as score
from made;

insert into fct_component_score by name
select
    index_code, year, tier, unit_code, unit_key, pillar, component, score, score as contribution, submission_id,
    if(tier = 'district', '01', '03') as annex,
    cast(row_number() over (partition by year, province_code, tier, component order by unit_code) as integer) as row_number,
    cast(2 + place as integer) as column_number,
    cast(score as varchar) as raw_text
from score;

create temp table total as
select index_code, year, tier, unit_code, unit_key, pillar, cast(sum(score) as decimal(18, 9)) as computed from score
group by all;

create temp table level as
with reached as (
    select
        total.year, total.unit_key, rule.level, rule.level_order,
        bool_and(total.computed >= rule.min_total) as is_reached
    from total
    inner join dim_level_rule as rule using (index_code, tier, pillar)
    group by all
)

select
    year, unit_key,
    coalesce(min_by(level, level_order) filter (where is_reached), 'unranked') as level,
    cast(coalesce(min(level_order) filter (where is_reached), 5) as integer) as level_order
from reached
group by all;

insert into fct_pillar_result by name
select
    total.*,
    total.computed - if(hash(total.unit_key, total.year, total.pillar) % 500 = 0, 0.2, 0) as stated,
    stated - total.computed as difference,
    cast(greatest(next.min_total - total.computed, 0) as decimal(18, 9)) as to_next_level
from total
inner join level using (year, unit_key)
left join dim_level_rule as next
    on
        total.index_code = next.index_code
        and total.tier = next.tier
        and total.pillar = next.pillar
        and next.level_order = level.level_order - 1;

insert into fct_unit_result by name
with pillar as (
    pivot fct_pillar_result on pillar in ('readiness', 'attainment')
    using any_value(stated) as stated, any_value(computed) as computed, any_value(to_next_level) as to_next_level
    group by year, unit_key
)

select
    unit_year.* exclude (submission_id),
    pillar.* exclude (year, unit_key),
    'scored' as result_status,
    if(hash(unit_year.unit_key, unit_year.year) % 100 = 0, 'IV', level.level) as level_stated,
    level.level as level_by_stated_totals,
    level.level as level_computed,
    next.level as next_level,
    cast(rank() over peers as integer) as rank_in_province,
    cast(rank() over siblings as integer) as rank_in_district,
    cast(count(*) over (partition by unit_year.year, unit_year.tier, unit_year.province_code) as integer) as units_ranked,
    0 as findings
from unit_year
inner join pillar using (year, unit_key)
inner join level using (year, unit_key)
left join (select distinct tier, level, level_order from dim_level_rule) as next
    on unit_year.tier = next.tier and next.level_order = level.level_order - 1
window
    peers as (partition by unit_year.year, unit_year.tier, unit_year.province_code order by pillar.attainment_computed desc),
    siblings as (
        partition by unit_year.year, unit_year.tier, unit_year.district_code order by pillar.attainment_computed desc
    );

insert into fct_finding by name
select
    'SYNTHETIC-' || unit_key || '-' || year as finding_id,
    index_code, year, tier, unit_code, unit_name,
    'published' as kind,
    'level_differs' as code,
    'error' as severity,
    'file' as scope,
    'level' as materiality,
    'level' as field,
    level_stated as stated,
    level_computed as expected,
    'open' as status
from fct_unit_result
where level_stated <> level_computed;

insert into fct_component_movement by name
select
    index_code, year, tier, unit_code, unit_key, pillar, component,
    lag(year) over unit as previous_year,
    if(previous_year is null, 'first_year', 'same_unit') as comparison,
    true as is_in_rule,
    if(previous_year is null, null, true) as is_in_previous_rule,
    lag(score) over unit as previous_score,
    score as current_score,
    current_score - previous_score as score_change,
    previous_score as previous_contribution,
    current_score as current_contribution,
    score_change as contribution_change,
    if(previous_year is null, null, 0) as change_by_rule,
    score_change as change_by_scores
from score
window unit as (partition by unit_key, component order by year);

insert into fct_pillar_movement by name
select
    index_code, year, tier, unit_code, unit_key, pillar, previous_year, comparison,
    sum(previous_contribution) as previous_total,
    sum(current_contribution) as current_total,
    sum(contribution_change) as total_change,
    sum(change_by_rule) as change_by_rule,
    sum(change_by_scores) as change_by_scores
from fct_component_movement
group by all;

insert into fct_unit_movement by name
select
    result.index_code, result.year, result.tier, result.unit_code, result.unit_key,
    lag(result.year) over unit as previous_year,
    result.year - previous_year as years_between,
    if(previous_year is null, 'first_year', 'same_unit') as comparison,
    if(previous_year is null, null, false) as is_rule_changed,
    if(previous_year is null, null, result.unit_key) as previous_unit_keys,
    lag(result.readiness_computed) over unit as previous_readiness,
    result.readiness_computed as current_readiness,
    current_readiness - previous_readiness as readiness_change,
    lag(result.attainment_computed) over unit as previous_attainment,
    result.attainment_computed as current_attainment,
    current_attainment - previous_attainment as attainment_change,
    lag(result.rank_in_province) over unit as previous_rank,
    result.rank_in_province as current_rank,
    previous_rank - current_rank as rank_change,
    lag(result.level_computed) over unit as previous_level,
    result.level_computed as current_level,
    lag(level.level_order) over unit - level.level_order as level_change
from fct_unit_result as result
inner join level using (year, unit_key)
window unit as (partition by result.unit_key order by result.year);

create temp table parent as
select year, unit_key, province_code as parent_code from unit_year
union
select year, unit_key, district_code from unit_year
where district_code is not null;

insert into agg_average_movement by name
select
    movement.index_code, movement.year, movement.tier, parent.parent_code, movement.pillar, movement.previous_year,
    if(movement.previous_year is null, null, false) as is_rule_changed,
    count(*) as units,
    count(movement.previous_total) as previous_units,
    count(movement.previous_total) as units_in_both,
    avg(movement.current_total) as average,
    avg(movement.previous_total) as previous_average,
    avg(movement.total_change) as stayed,
    if(movement.previous_year is null, null, 0) as entered,
    if(movement.previous_year is null, null, 0) as left_out
from fct_pillar_movement as movement
inner join parent using (year, unit_key)
group by all;

insert into agg_level_transitions by name
select
    movement.index_code, movement.year, movement.tier,
    coalesce(unit_year.district_code, unit_year.province_code) as parent_code,
    movement.previous_level as from_level,
    movement.current_level as to_level,
    movement.previous_year,
    false as is_rule_changed,
    count(*) as units
from fct_unit_movement as movement
inner join unit_year using (year, unit_key)
where movement.previous_year is not null
group by all;

insert into agg_levels by name
select
    result.index_code, result.year, result.tier, parent.parent_code,
    result.level_computed as level, count(*) as computed, count(*) as detail
from fct_unit_result as result
inner join parent using (year, unit_key)
group by all;

insert into agg_district_levels by name
select
    index_code, year, district_code,
    count(*) as communes,
    count(*) filter (where level_computed = 'I') as level_i,
    count(*) filter (where level_computed = 'II') as level_ii,
    count(*) filter (where level_computed = 'III') as level_iii,
    count(*) filter (where level_computed = 'IV') as level_iv,
    count(*) filter (where level_computed = 'unranked') as unranked,
    true as reconciled
from fct_unit_result
where district_code is not null
group by all;
