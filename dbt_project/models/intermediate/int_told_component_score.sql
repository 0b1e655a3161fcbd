-- Every score that was ever believed of a published result, with the days from when to when.
select
    revision.index_code,
    revision.year,
    revision.tier,
    revision.unit_code,
    revision.unit_key,
    score.pillar,
    score.component,
    score.score,
    score.stated as score_stated,
    score.correction_id,
    score.max_score,
    score.contribution,
    revision.submission_id,
    score.annex,
    score.page_or_sheet,
    score.row_number,
    score.column_number,
    score.raw_text,
    nullif(revision.known_from, date '0001-01-01') as known_from,
    revision.known_to
from {{ ref('int_unit_revision') }} as revision
inner join {{ ref('int_row_score') }} as score using (row_id)
where revision.kind = 'published'
