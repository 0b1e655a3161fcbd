with followed as (
    select
        span.assessment_key,
        span.index_code,
        span.year,
        span.kind,
        row_of_span.tier,
        row_of_span.unit_key,
        row_of_span.unit_code,
        row_of_span.row_id,
        row_of_span.submission_id,
        row_of_span.corrections,
        span.valid_from,
        lag(row_of_span.row_id || '|' || row_of_span.corrections) over (
            partition by span.assessment_key, row_of_span.unit_key order by span.valid_from
        ) as before
    from {{ ref('int_span_row') }} as row_of_span
    inner join {{ ref('int_result_span') }} as span
        on row_of_span.version_id = span.version_id and row_of_span.valid_from = span.valid_from
    -- A delivery that another of its day follows was current at no end of a day.
    where span.valid_to is null or span.valid_from < span.valid_to
),

revised as (
    select
        *,
        lead(valid_from) over (partition by assessment_key, unit_key order by valid_from) as next_from
    from followed
    where before is distinct from row_id || '|' || corrections
)

select
    revised.assessment_key,
    revised.index_code,
    revised.year,
    revised.kind,
    revised.tier,
    revised.unit_key,
    revised.unit_code,
    revised.row_id,
    revised.corrections,
    revised.submission_id,
    nullif(revised.corrections, '') as correction_id,
    revised.valid_from,
    revised.next_from as valid_to,
    revised.next_from is null as is_current
from revised
inner join {{ ref('int_row_stated') }} as stated on revised.row_id = stated.row_id
where not stated.is_absent_row
