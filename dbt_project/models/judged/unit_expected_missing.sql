-- Each unit of the official list that an edition should be about: reported, counted as not eligible, or missing. Where the
-- summary counts a parent's rest, the fact is the parent's: nobody can tell which of the rest is missing. A row of zeros
-- that its publisher means as absent is an answer.
with roster as (
    select
        roster.*,
        roster.result_status <> 'missing' or (roster.row_id is not null and absent.absent_row = 'all_zero') as is_answered
    from {{ ref('int_edition_roster') }} as roster
    inner join {{ ref('int_edition') }} as edition using (edition_id)
    left join (select index_code, tier, min(absent_row) as absent_row from {{ ref('pillars') }} group by all) as absent
        on edition.index_code = absent.index_code and roster.tier = absent.tier
),

last_file as (
    select
        edition.edition_id,
        max_by(delivery.submission_id, (delivery.delivered_on, delivery.ledger_order)) as submission_id
    from {{ ref('int_edition') }} as edition
    inner join {{ ref('int_delivery') }} as delivery
        on edition.edition_key = delivery.edition_key and edition.known_from >= delivery.delivered_on
    group by all
),

asked as (
    select
        edition_id,
        submission_id,
        tier,
        unit_key,
        unit_code,
        unit_name,
        case when is_answered then 'reported' end as stated,
        'reported' as expected
    from roster
    where counted is null
    union all
    select
        roster.edition_id,
        cast(null as varchar),
        parent.tier,
        parent.unit_key,
        parent.unit_code,
        parent.unit_name,
        cast(count(*) - count(*) filter (where not roster.is_answered)
        + case when bool_or(not roster.is_answered) then max(roster.counted) else 0 end as varchar),
        cast(count(*) as varchar)
    from roster
    inner join {{ ref('int_edition') }} as edition using (edition_id)
    inner join {{ ref('int_unit_year') }} as parent on edition.year = parent.year and roster.parent_code = parent.unit_code
    where roster.counted is not null
    group by all
),

judged as (
    select
        asked.* replace (coalesce(asked.submission_id, last_file.submission_id) as submission_id),
        cast(null as varchar) as written_name,
        'unit' as field,
        cast(null as varchar) as annex,
        cast(null as integer) as position,
        cast(null as varchar) as page_or_sheet,
        cast(null as integer) as table_number,
        cast(null as integer) as row_number,
        cast(null as integer) as column_number,
        cast(null as varchar) as column_name,
        cast(null as varchar) as cell,
        1 as occurrences
    from asked
    inner join {{ ref('int_edition') }} as edition using (edition_id)
    left join last_file using (edition_id)
    where edition.kind = 'published'
)

select
    {{ address('judged') }},
    {{ judgement() }}
from judged
