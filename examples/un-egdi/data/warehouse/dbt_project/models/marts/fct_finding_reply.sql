select
    cast(null as varchar) as finding_id,
    cast(null as varchar) as reply,
    cast(null as varchar) as text,
    cast(null as varchar) as proposed,
    cast(null as varchar) as replied_by,
    cast(null as date) as replied_on,
    cast(null as varchar) as submission_id
where false
