-- What an edition says of each unit that it should be about, and what the rule says: one row per edition and unit.
with roster as (
    select * from {{ ref('int_edition_roster') }}
),

level as (
    select
        row_id,
        any_value(level) filter (where basis = 'stated') as level_by_stated_totals,
        any_value(level) filter (where basis = 'computed') as level_computed
    from {{ ref('int_row_level') }}
    group by all
),

rank as (
    select
        edition_id,
        unit_key,
        any_value(rank) filter (where basis = 'stated') as rank_by_stated_totals,
        any_value(rank) filter (where basis = 'computed') as rank_in_province,
        any_value(rank_among_siblings) filter (where basis = 'computed') as rank_among_siblings,
        any_value(units_ranked) filter (where basis = 'computed') as units_ranked
    from {{ ref('int_edition_rank') }}
    group by all
)

select
    roster.edition_id,
    edition.index_code,
    edition.year,
    edition.kind,
    roster.tier,
    roster.unit_code,
    roster.unit_key,
    roster.unit_name,
    roster.parent_code,
    case when roster.depth > 1 then roster.parent_code end as district_code,
    roster.province_code,
    roster.result_status,
    case when roster.result_status = 'scored' then roster.row_id end as row_id,
    roster.submission_id,
    case roster.result_status
        when 'scored' then stated.level
        when 'counted_only' then 'unranked'
    end as level_stated,
    level.level_by_stated_totals,
    level.level_computed,
    cast(stated.rank as integer) as rank_stated,
    rank.rank_by_stated_totals,
    rank.rank_in_province,
    case when roster.depth > 1 then rank.rank_among_siblings end as rank_in_district,
    rank.units_ranked,
    case when rank.units_ranked > 1 then
        {{ exact_ratio('rank.units_ranked - rank.rank_in_province', 'rank.units_ranked - 1') }}
    end as percentile
from roster
inner join {{ ref('int_edition') }} as edition using (edition_id)
left join {{ ref('int_row_stated') }} as stated
    on roster.row_id = stated.row_id and roster.result_status = 'scored'
left join level on roster.row_id = level.row_id and roster.result_status = 'scored'
left join rank on roster.edition_id = rank.edition_id and roster.unit_key = rank.unit_key and roster.result_status = 'scored'
