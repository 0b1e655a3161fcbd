with written as (
    select submission_id, annex from {{ source('landing', 'titles') }}
    union
    select submission_id, annex from {{ source('landing', 'columns') }}
    union
    select submission_id, annex from {{ source('landing', 'statements') }}
    union
    select submission_id, annex from {{ source('landing', 'thresholds') }}
    union
    select submission_id, annex from {{ source('landing', 'citations') }}
    union
    select submission_id, annex from {{ source('landing', 'unusable_rows') }}
    union
    select submission_id, annex from {{ source('landing', 'doubts') }}
),

-- What is current is a unit's row, or what a summary says of a unit.
given as (
    select distinct submission_id, annex from {{ ref('int_row_repeat') }}
    where not is_contradicted
    union
    select distinct submission_id, annex from {{ ref('int_statement') }}
    where unit_key is not null
),

current_part as (
    select version_id, submission_id, annex from {{ ref('int_version_unit') }}
    union
    select version_id, submission_id, annex from {{ ref('int_statement_current') }}
),

-- A file that gives nothing current of its own is heard until its sender sends the next one.
silent as (
    select
        delivery.assessment_key,
        delivery.submission_id,
        delivery.delivery_order,
        min(later.delivery_order) as next_delivery_order
    from {{ ref('int_delivery') }} as delivery
    left join {{ ref('int_delivery') }} as later
        on
            delivery.assessment_key = later.assessment_key
            and (delivery.sender is null or delivery.sender = later.sender)
            and later.delivery_order > delivery.delivery_order
    where delivery.submission_id not in (select submission_id from given)
    group by 1, 2, 3
),

current_file as (
    select distinct version_id, submission_id from current_part
    union
    select
        version.version_id,
        silent.submission_id
    from silent
    inner join {{ ref('int_version') }} as version
        on
            silent.assessment_key = version.assessment_key
            and version.version_order >= silent.delivery_order
            and version.version_order < coalesce(silent.next_delivery_order, version.version_order + 1)
)

select
    file.version_id,
    file.submission_id,
    written.annex
from current_file as file
inner join written on file.submission_id = written.submission_id
left join given on written.submission_id = given.submission_id and written.annex = given.annex
left join current_part
    on
        file.version_id = current_part.version_id
        and written.submission_id = current_part.submission_id
        and written.annex = current_part.annex
-- A printed annex goes when all that it gave has been given again; what stands outside any goes with its file.
where written.annex is null or given.submission_id is null or current_part.submission_id is not null
