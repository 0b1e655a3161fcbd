-- Every name that the submissions write, once per index, year, province and use: as a unit, or as what a unit is under.
-- A unit's own name is asked as a parent too: a district's own assessment lists the district above its communes.
with submission as (
    select submission_id, index_code, year, province_code from {{ ref('int_submission') }}
),

written as (
    select submission_id, 'unit' as used_as, raw_text as written_name from {{ ref('stg_landing__score_cells') }}
    where role = 'unit'
    union
    select submission_id, 'parent', raw_text from {{ ref('stg_landing__score_cells') }}
    where role in ('unit', 'parent')
    union
    select submission_id, 'parent', written_unit from {{ ref('stg_landing__statements') }}
    union
    select submission_id, 'unit', written_name from {{ ref('stg_landing__statement_names') }}
),

mention as (
    select distinct
        submission.index_code,
        submission.year,
        submission.province_code,
        written.used_as,
        written.written_name
    from submission
    inner join written using (submission_id)
    where written.written_name <> ''
)

select
    case used_as
        when 'unit' then {{ mention_id('unit', 'written_name') }}
        else {{ mention_id('parent', 'written_name') }}
    end as mention_id,
    mention.*
from mention
