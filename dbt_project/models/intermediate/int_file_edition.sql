-- The files that could not be read, and what else came: one row per edition of unreadable files (by year and kind, since
-- nothing inside tells their index or province) and file known by then. A later file of the same
-- name and sender that reads well mends it. Replies that arrive are no delivery of anything else.
with file as (
    select
        submission_id,
        file_name,
        sender,
        year,
        coalesce(kind, 'unknown') as kind,
        coalesce(received_on, date '0001-01-01') as delivered_on,
        unreadable_reason,
        unreadable_vi,
        unreadable_en
    from {{ ref('stg_landing__submissions') }}
    where year is not null
),

delivery as (
    select distinct
        year,
        kind,
        delivered_on as known_from
    from file
    where exists (
        from file as unread
        where unread.unreadable_reason is not null and unread.year = file.year and unread.delivered_on <= file.delivered_on
    )
)

select
    concat_ws('/', 'unread', delivery.year, delivery.kind, delivery.known_from) as edition_id,
    delivery.year,
    delivery.kind,
    delivery.known_from,
    file.* exclude (year, kind),
    file.unreadable_reason is not null
    and not exists (
        from file as later
        where
            later.year = file.year
            and later.kind = file.kind
            and later.file_name = file.file_name
            and later.sender is not distinct from file.sender
            and later.unreadable_reason is null
            and later.delivered_on between file.delivered_on and delivery.known_from
    ) as is_unread
from delivery
inner join file
    on
        delivery.year = file.year
        and (delivery.kind = file.kind or (file.kind = 'unknown' and delivery.kind <> 'reply'))
        and delivery.known_from >= file.delivered_on
