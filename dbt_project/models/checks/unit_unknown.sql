with row_name as (
    select
        {{ address('cell') }},
        cell.row_id,
        cell.text,
        unit_row.row_order,
        unit_row.year,
        unit_row.province_code,
        unit_row.scope_code,
        unit_row.unit_mention_id as mention_id,
        case
            when cell.field = 'unit' then cell.unit_key is not null or stated.is_absent_row
            else cell.text = '' or unit_row.stated_parent_code is not null
        end as is_known
    from {{ ref('int_version_cell') }} as cell
    inner join {{ ref('int_row') }} as unit_row on cell.row_id = unit_row.row_id
    inner join {{ ref('int_row_stated') }} as stated on cell.row_id = stated.row_id
    where cell.field in ('unit', 'parent')
),

-- One fact per written name and, for units, per parent that it stands under.
named as (
    select
        version_id,
        submission_id,
        case when field = 'unit' then tier end as tier,
        case when field = 'unit' then unit_key end as unit_key,
        case when field = 'unit' then unit_code end as unit_code,
        case when field = 'unit' then unit_name end as unit_name,
        text as written_name,
        case when field = 'unit' then written_parent end as written_parent,
        field,
        annex,
        case when field = 'unit' then position end as position,
        page_or_sheet,
        table_number,
        row_number,
        column_number,
        column_name,
        cell,
        1 as occurrences,
        row_id,
        text,
        row_order,
        year,
        province_code,
        scope_code,
        mention_id,
        tier as row_tier,
        is_known
    from row_name
),

asked as (
    select
        *,
        {{ folded(name_key('text')) }} as written_fold
    from {{ first_of(
        'named', 'version_id, field, text, scope_code', 'submission_id, annex, row_order',
        where='not is_known and length(text) between 1 and 100'
    ) }} as named
),

compared as (
    select
        asked.version_id,
        asked.field,
        asked.text,
        asked.scope_code,
        unit.unit_name,
        coalesce(asked.field = 'unit' and mention.bare_key = unit.bare_key, false) as is_same_name,
        {{ letters_apart(folded('unit.full_key'), 'asked.written_fold') }} as letters_apart
    from asked
    inner join {{ ref('int_unit_year') }} as unit
        on
            asked.year = unit.year
            and (asked.province_code = unit.province_code or (asked.province_code is null and unit.depth = 0))
            and (asked.scope_code is null or asked.scope_code = unit.parent_code)
            and (asked.row_tier is null or asked.row_tier = unit.tier or asked.field = 'parent')
    left join {{ ref('int_mention') }} as mention on asked.mention_id = mention.mention_id
    where unit.has_children or asked.field = 'unit'
),

-- The same name with another type comes before all that is only alike.
near as (
    select
        *,
        row_number() over (
            partition by version_id, field, text, scope_code order by is_same_name desc, letters_apart, unit_name
        ) as nearness
    from compared
),

suggestion as (
    select
        version_id,
        field,
        text,
        scope_code,
        {{ joined('unit_name', ', ', 'is_same_name desc, letters_apart, unit_name') }} as unit_names
    from near
    where nearness <= 3 and (letters_apart <= 3 or is_same_name)
    group by 1, 2, 3, 4
),

-- A name that only one unit of before bore there says what became of it.
former as (
    select
        asked.version_id,
        asked.field,
        asked.text,
        asked.scope_code,
        max(former.reason) as reason,
        max(former.successor_names || '|' || {{ written_day('former.effective_on') }}) as detail
    from asked
    inner join {{ ref('int_former_unit') }} as former
        on
            asked.mention_id = former.mention_id
            and (asked.scope_code is null or asked.scope_code = former.parent_code)
    where asked.field = 'unit'
    group by 1, 2, 3, 4
    having count(*) = 1
),

checked as (
    select
        named.*,
        former.reason,
        coalesce(former.detail, suggestion.unit_names) as detail
    from named
    left join former
        on
            named.version_id = former.version_id
            and named.field = former.field
            and named.text = former.text
            and named.scope_code is not distinct from former.scope_code
    left join suggestion
        on
            named.version_id = suggestion.version_id
            and named.field = suggestion.field
            and named.text = suggestion.text
            and named.scope_code is not distinct from suggestion.scope_code
)

{{ check_result(
    'checked', subject="case when field = 'parent' then written_name else '' end", stated='text',
    expected='case when is_known then text end', reason='reason', detail='detail', is_passed='is_known', place_order='row_order'
) }}
