-- What a revision says of each unit that it should be about, and what the rule says: one row per revision and unit.
with roster as (
    select
        revision.* exclude (province_code),
        roster.* exclude (edition_id)
    from {{ ref('int_revision') }} as revision
    inner join {{ ref('int_edition_roster') }} as roster using (edition_id)
),

believed as (
    select
        revision_id,
        read_row_id,
        row_id,
        correction_ids
    from {{ ref('int_revision_unit') }}
),

corrected as (
    select
        edition_id,
        row_id,
        correction_id,
        corrected as level_corrected,
        corrected_figure as rank_corrected,
        field
    from {{ ref('int_correction') }}
    where field in ('level', 'rank')
),

level as (
    select
        row_id,
        any_value(level) filter (where basis = 'stated') as level_by_stated_totals,
        any_value(level) filter (where basis = 'settled') as level_by_expected_totals,
        any_value(level) filter (where basis = 'computed') as level_computed
    from {{ ref('int_row_level') }}
    group by all
),

rank as (
    select
        revision_id,
        unit_key,
        any_value(rank) filter (where basis = 'stated') as rank_by_stated_totals,
        any_value(rank) filter (where basis = 'settled') as rank_by_expected_totals,
        any_value(rank) filter (where basis = 'computed') as rank_in_province,
        any_value(rank_among_siblings) filter (where basis = 'computed') as rank_among_siblings,
        any_value(units_ranked) filter (where basis = 'computed') as units_ranked
    from {{ ref('int_revision_rank') }}
    group by all
)

select
    roster.edition_id,
    roster.edition_key,
    roster.revision_id,
    roster.known_from,
    roster.known_to,
    roster.index_code,
    roster.year,
    roster.kind,
    roster.tier,
    roster.unit_code,
    roster.unit_key,
    roster.unit_name,
    roster.parent_code,
    case when roster.depth > 1 then roster.parent_code end as district_code,
    roster.province_code,
    roster.result_status,
    believed.read_row_id,
    believed.row_id,
    roster.submission_id,
    array_to_string(believed.correction_ids, ', ') as correction_id,
    case roster.result_status
        when 'scored' then stated.level
        when 'counted_only' then 'unranked'
    end as level_stated,
    level_correction.level_corrected,
    level.level_by_stated_totals,
    level.level_by_expected_totals,
    level.level_computed,
    cast(stated.rank as integer) as rank_stated,
    cast(rank_correction.rank_corrected as integer) as rank_corrected,
    rank.rank_by_stated_totals,
    rank.rank_by_expected_totals,
    rank.rank_in_province,
    case when roster.depth > 1 then rank.rank_among_siblings end as rank_in_district,
    rank.units_ranked,
    case when rank.units_ranked > 1 then
        {{ exact_ratio('rank.units_ranked - rank.rank_in_province', 'rank.units_ranked - 1') }}
    end as percentile
from roster
left join believed
    on roster.revision_id = believed.revision_id and roster.row_id = believed.read_row_id and roster.result_status = 'scored'
left join {{ ref('int_row_stated') }} as stated on believed.read_row_id = stated.row_id
left join level on believed.row_id = level.row_id
left join rank
    on roster.revision_id = rank.revision_id and roster.unit_key = rank.unit_key and roster.result_status = 'scored'
left join corrected as level_correction
    on
        roster.edition_id = level_correction.edition_id
        and believed.read_row_id = level_correction.row_id
        and level_correction.field = 'level'
        and list_contains(believed.correction_ids, level_correction.correction_id)
left join corrected as rank_correction
    on
        roster.edition_id = rank_correction.edition_id
        and believed.read_row_id = rank_correction.row_id
        and rank_correction.field = 'rank'
        and list_contains(believed.correction_ids, rank_correction.correction_id)
