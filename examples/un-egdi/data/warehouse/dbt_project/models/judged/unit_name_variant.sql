-- Each unit's name as written beside its official spelling; one fact per unit and use, wherever the document repeats it.
with row_name as (
    select
        cell.*,
        unit_row.row_order,
        unit_row.match_kind,
        unit_row.is_abbreviated
    from {{ ref('int_edition_cell') }} as cell
    inner join {{ ref('int_row') }} as unit_row using (row_id)
    where cell.field = 'unit' and cell.unit_key is not null
),

parent_name as (
    select
        cell.* replace (
            cast(null as integer) as position,
            parent.unit_key as unit_key,
            parent.unit_code as unit_code,
            parent.unit_name as unit_name,
            parent.tier as tier,
            cell.text as written_name
        ),
        unit_row.row_order,
        unit_row.parent_match_kind as match_kind,
        mention.is_abbreviated
    from {{ ref('int_edition_cell') }} as cell
    inner join {{ ref('int_row') }} as unit_row using (row_id)
    inner join {{ ref('int_parent') }} as mention on unit_row.parent_mention_id = mention.mention_id
    inner join {{ ref('int_unit') }} as parent on mention.unit_key = parent.unit_key
    where cell.field = 'parent'
),

-- The summary annex names districts and communes, too.
listed as (
    select
        submission_id, annex, page_or_sheet, table_number, row_number, column_number, cell,
        position, tier, unit_key, unit_code, unit_name, written_name, match_kind, is_abbreviated
    from {{ ref('int_statement_name') }}
    union all by name
    select
        submission_id, annex, page_or_sheet, table_number, row_number, column_number, cell,
        position, unit_key, unit_code, unit_name, written_unit as written_name, match_kind, is_abbreviated
    from {{ ref('int_statement') }}
    where statement_order = 1
),

summary_name as (
    select
        annex.edition_id,
        listed.*,
        {{ single_spaced('listed.written_name') }} as text,
        'unit' as field,
        1 as occurrences
    from listed
    inner join {{ ref('int_edition_annex') }} as annex
        on listed.submission_id = annex.submission_id and listed.annex is not distinct from annex.annex
    where listed.unit_key is not null
),

written as (
    select *, 1 as place_order from row_name
    union all by name
    select *, 2 as place_order from parent_name
    union all by name
    select *, 3 as place_order from summary_name
),

spelt as (
    select
        *,
        coalesce(match_kind, '') not in ('folded', 'type_only') and not coalesce(is_abbreviated, false) as is_official
    from written
),

judged as (
    select * replace (cast(count(*) over same_fact as integer) as occurrences)
    from spelt
    window same_fact as (partition by edition_id, unit_key, field, is_official)
    qualify row_number() over (
        partition by edition_id, unit_key, field order by is_official, place_order, submission_id, annex, row_order, position
    ) = 1
)

select
    {{ address('judged') }},
    {{ judgement(
        stated='text', expected='case when is_official then text else unit_name end',
        materiality="'none'", reason="case when not is_official then case when is_abbreviated then 'abbreviated' else match_kind end end",
        holds='is_official'
    ) }}
from judged
