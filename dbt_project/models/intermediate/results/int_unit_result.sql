with roster as (
    select
        span.version_id,
        span.assessment_key,
        span.index_code,
        span.year,
        span.kind,
        span.version_order,
        span.valid_from,
        span.valid_to,
        span.is_current,
        listed.unit_key,
        listed.unit_code,
        listed.unit_name,
        listed.tier,
        listed.parent_code,
        listed.province_code,
        listed.depth,
        listed.result_status,
        listed.submission_id
    from {{ ref('int_result_span') }} as span
    inner join {{ ref('int_version_roster') }} as listed on span.version_id = listed.version_id
),

correction as (
    select
        state.row_id,
        state.corrections,
        correction.field,
        correction.valid_from,
        correction.corrected,
        correction.corrected_figure
    from {{ ref('int_row_state') }} as state
    inner join {{ ref('int_correction') }} as correction
        on
            state.row_id = correction.row_id
            and correction.valid_from <= state.valid_from
            and state.valid_from < coalesce(correction.valid_to, date '9999-12-31')
    where correction.field in ('level', 'rank')
),

corrected as (
    select
        row_id,
        corrections,
        max(case when field = 'level' then corrected end) as level_corrected,
        max(case when field = 'rank' then corrected_figure end) as rank_corrected
    from {{ first_of('correction', 'row_id, corrections, field', 'valid_from desc') }} as correction
    group by 1, 2
),

level as (
    select
        row_id,
        corrections,
        max(case when basis = 'computed' then level end) as level_computed
    from {{ ref('int_row_level') }}
    group by 1, 2
),

-- What stated totals give does not hang on corrections.
level_as_sent as (
    select
        row_id,
        max(case when basis = 'stated' then level end) as level_by_stated_totals,
        max(case when basis = 'settled' then level end) as level_by_expected_totals
    from {{ ref('int_row_level') }}
    where corrections = ''
    group by 1
),

rank as (
    select
        version_id,
        valid_from,
        unit_key,
        max(case when basis = 'stated' then rank end) as rank_by_stated_totals,
        max(case when basis = 'settled' then rank end) as rank_by_expected_totals,
        max(case when basis = 'computed' then rank end) as rank_in_province,
        max(case when basis = 'computed' then rank_among_siblings end) as rank_among_siblings,
        max(case when basis = 'computed' then units_ranked end) as units_ranked
    from {{ ref('int_rank') }}
    group by 1, 2, 3
)

select
    roster.version_id,
    roster.assessment_key,
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
    row_of_span.row_id,
    row_of_span.corrections,
    roster.submission_id,
    nullif(row_of_span.corrections, '') as correction_id,
    case roster.result_status
        when 'scored' then stated.level
        when 'counted_only' then 'unranked'
    end as level_stated,
    corrected.level_corrected,
    level_as_sent.level_by_stated_totals,
    level_as_sent.level_by_expected_totals,
    level.level_computed,
    stated.rank as rank_stated,
    cast(corrected.rank_corrected as integer) as rank_corrected,
    rank.rank_by_stated_totals,
    rank.rank_by_expected_totals,
    rank.rank_in_province,
    case when roster.depth > 1 then rank.rank_among_siblings end as rank_in_district,
    rank.units_ranked,
    case
        when rank.units_ranked > 1
            then {{ exact_ratio('rank.units_ranked - rank.rank_in_province', 'rank.units_ranked - 1') }}
    end as percentile,
    roster.version_order,
    roster.valid_from,
    roster.valid_to,
    roster.is_current
from roster
left join {{ ref('int_span_row') }} as row_of_span
    on
        roster.version_id = row_of_span.version_id
        and roster.valid_from = row_of_span.valid_from
        and roster.unit_key = row_of_span.unit_key
        and roster.result_status = 'scored'
left join {{ ref('int_row_stated') }} as stated on row_of_span.row_id = stated.row_id
left join level on row_of_span.row_id = level.row_id and row_of_span.corrections = level.corrections
left join level_as_sent on row_of_span.row_id = level_as_sent.row_id
left join corrected on row_of_span.row_id = corrected.row_id and row_of_span.corrections = corrected.corrections
left join rank
    on
        roster.version_id = rank.version_id
        and roster.valid_from = rank.valid_from
        and roster.unit_key = rank.unit_key
        and roster.result_status = 'scored'
-- A delivery that another of its day follows was current at no end of a day.
where roster.valid_to is null or roster.valid_from < roster.valid_to
