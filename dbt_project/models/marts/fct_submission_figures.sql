-- Rows of scores that are used, and which of them repeat another of the file with equal figures.
with used as (
    select
        row_id,
        row_number() over (partition by submission_id, unit_key order by row_order) > 1 as is_repeat
    from {{ ref('int_row_repeat') }}
    where not is_contradicted
),

of_cells as (
    select
        cell.submission_id,
        case
            when used.is_repeat then 'left_out'
            when cell.role = 'unknown' or cell.flaw is not null then 'quarantined'
            else 'loaded'
        end as outcome,
        case
            when used.is_repeat then 'equal_figures'
            when cell.role = 'unknown' then 'column_unknown'
            else coalesce(cell.flaw, 'scores')
        end as reason,
        cell.figures
    from {{ ref('stg_landing__score_cells') }} as cell
    inner join used on cell.row_id = used.row_id
),

of_statements as (
    select
        statement.submission_id,
        case when submission.submission_id is null then 'quarantined' else 'loaded' end as outcome,
        case
            when submission.submission_id is null then coalesce(identity.refusal, 'kind_unknown') else 'statements'
        end as reason,
        statement.figures
    from {{ source('landing', 'statements') }} as statement
    left join {{ ref('int_submission') }} as submission on statement.submission_id = submission.submission_id
    left join {{ ref('int_identity') }} as identity on statement.submission_id = identity.submission_id
),

counted as (
    select * from of_cells
    union all
    select * from of_statements
    union all
    select submission_id, 'loaded' as outcome, 'replies' as reason, figures from {{ ref('int_reply') }}
    where reason is null
    union all
    select submission_id, 'quarantined' as outcome, reason, figures from {{ ref('fct_quarantine') }}
    union all
    select submission_id, 'left_out' as outcome, reason, figures from {{ source('landing', 'left_out') }}
)

select
    file.submission_id,
    file.year,
    counted.outcome,
    counted.reason,
    cast(sum(counted.figures) as integer) as figures
from counted
inner join {{ ref('int_file') }} as file on counted.submission_id = file.submission_id
group by 1, 2, 3, 4
having sum(counted.figures) > 0
