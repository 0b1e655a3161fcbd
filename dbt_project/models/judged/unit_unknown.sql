-- Each written name of a unit or a parent: known for certain, or not. The nearest names are a suggestion to a person.
with row_name as (
    select
        cell.*,
        unit_row.index_code,
        unit_row.row_order,
        unit_row.year,
        unit_row.province_code,
        unit_row.scope_code,
        case
            when cell.field = 'unit' then cell.unit_key is not null or stated.is_absent_row
            else cell.text = '' or unit_row.stated_parent_code is not null
        end as is_known
    from {{ ref('int_edition_cell') }} as cell
    inner join {{ ref('int_row') }} as unit_row using (row_id)
    inner join {{ ref('int_row_stated') }} as stated using (row_id)
    where cell.field in ('unit', 'parent')
),

-- One fact per written name and, for units, per parent that it stands under.
named as (
    select
        * replace (
            case when field = 'unit' then unit_key end as unit_key,
            case when field = 'unit' then unit_code end as unit_code,
            case when field = 'unit' then unit_name end as unit_name,
            case when field = 'unit' then tier end as tier,
            text as written_name,
            cast(count(*) over same_name as integer) as occurrences,
            case when field = 'unit' then position end as position
        )
    from row_name
    window same_name as (partition by edition_id, field, {{ name_key('text') }}, scope_code)
    qualify row_number() over (
        partition by edition_id, field, {{ name_key('text') }}, scope_code order by submission_id, annex, row_order
    ) = 1
),

parsed as (
    select
        named.*,
        {{ folded(name_key('named.text')) }} as written_fold
    from named
    where not is_known and length(text) between 1 and 100
),

near as (
    select
        parsed.edition_id,
        parsed.row_id,
        parsed.field,
        unit.unit_name,
        levenshtein({{ folded('unit.full_key') }}, parsed.written_fold) as letters_apart
    from parsed
    inner join {{ ref('int_unit_year') }} as unit
        on
            parsed.year = unit.year
            and (parsed.province_code is null or parsed.province_code = unit.province_code)
            and (parsed.scope_code is null or parsed.scope_code = unit.parent_code)
            and (parsed.tier is null or parsed.tier = unit.tier)
    where unit.has_children or parsed.field = 'unit'
    qualify row_number() over (
        partition by parsed.edition_id, parsed.row_id, parsed.field order by letters_apart, unit.unit_name
    ) <= 3
),

suggestion as (
    select
        edition_id,
        row_id,
        field,
        string_agg(unit_name, ', ' order by letters_apart, unit_name) as unit_names
    from near
    where letters_apart <= 3
    group by all
),

judged as (
    select
        named.*,
        suggestion.unit_names
    from named
    left join suggestion using (edition_id, row_id, field)
)

select
    {{ address('judged') }},
    {{ judgement(
        subject="case when field = 'parent' then written_name else '' end",
        stated='text', expected='case when is_known then text end', detail='unit_names', holds='is_known'
    ) }}
from judged
