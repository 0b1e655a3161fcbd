with given as (
    select submission_id, unit_key as thing from {{ ref('int_row') }}
    where unit_key is not null
    union
    select submission_id, 'statements of annex ' || coalesce(annex, '') from {{ source('landing', 'statements') }}
),

-- Of one sender's files of a day in one format, a later one that gives anything again is a correction of the earlier.
repeating as (
    select distinct later.submission_id
    from {{ ref('int_submission') }} as later
    inner join {{ ref('int_submission') }} as earlier
        on
            later.assessment_key = earlier.assessment_key
            and later.delivered_on = earlier.delivered_on
            and later.sender = earlier.sender
            and later.format = earlier.format
            and later.ledger_order > earlier.ledger_order
    inner join given as later_given on later.submission_id = later_given.submission_id
    inner join given as earlier_given
        on earlier.submission_id = earlier_given.submission_id and later_given.thing = earlier_given.thing
),

stepped as (
    select
        submission.*,
        cast(count(repeating.submission_id) over (
            partition by submission.assessment_key, submission.delivered_on, submission.sender, submission.format
            order by submission.ledger_order
        ) as integer) as part_of_day
    from {{ ref('int_submission') }} as submission
    left join repeating on submission.submission_id = repeating.submission_id
)

select
    submission_id,
    assessment_key,
    sender,
    delivered_on,
    ledger_order,
    cast(dense_rank() over (partition by assessment_key order by delivered_on, part_of_day) as integer) as delivery_order
from stepped
