with unit_row as (
    select
        row_id,
        submission_id,
        row_order,
        table_order,
        index_code,
        year,
        tier,
        count(*) over (partition by submission_id, table_order, tier) as rows_of_table
    from {{ ref('int_row') }}
),

-- What a total may have beside its maximum, and how little it may be where something is taken off.
bound as (
    select
        index_code,
        year,
        tier,
        pillar,
        sum(least(min_score, 0)) as least_total,
        case
            when count(case when is_bonus then 1 end) = count(case when is_bonus then max_score end)
                then sum(case when is_bonus then greatest(max_score, 0) else 0 end)
        end as most_bonus
    from {{ ref('int_rule_share') }}
    group by 1, 2, 3, 4
),

asked as (
    select
        unit_row.*,
        rule.pillar,
        rule.component,
        rule.field,
        'component' as role,
        rule.component as target,
        rule.is_bonus,
        rule.min_score as min_figure,
        rule.max_score as registry_max,
        0 as most_bonus
    from unit_row
    inner join {{ ref('int_rule_part') }} as rule
        on unit_row.index_code = rule.index_code and unit_row.year = rule.year and unit_row.tier = rule.tier
    where rule.component = rule.field
    union all
    select
        unit_row.*,
        rule.pillar,
        case when rule.aggregation = 'stated' then rule.pillar end,
        rule.pillar || '_total',
        'total',
        rule.pillar,
        false,
        bound.least_total,
        rule.max_total,
        bound.most_bonus
    from unit_row
    inner join {{ ref('int_rule_pillar') }} as rule
        on unit_row.index_code = rule.index_code and unit_row.year = rule.year and unit_row.tier = rule.tier
    left join bound
        on
            rule.index_code = bound.index_code
            and rule.year = bound.year
            and rule.tier = bound.tier
            and rule.pillar = bound.pillar
),

header as (
    select submission_id, table_order, role, target, max(stated_max) as stated_max from {{ source('landing', 'columns') }}
    group by 1, 2, 3, 4
),

-- A column that stands twice is read where it stands first.
cell as (
    select *
    from {{ first_of(
        ref('stg_landing__score_cells'), 'submission_id, row_order, role, target', 'column_number',
        where="role in ('component', 'total')"
    ) }} as cell
),

found as (
    select
        asked.row_id,
        asked.submission_id,
        asked.index_code,
        asked.year,
        asked.tier,
        asked.pillar,
        asked.component,
        asked.field,
        asked.role,
        asked.is_bonus,
        asked.min_figure,
        asked.most_bonus,
        rule.max_total,
        rule.absent_row,
        coalesce(asked.registry_max, header.stated_max) as max_figure,
        cell.annex,
        cell.position,
        cell.page_or_sheet,
        cell.table_number,
        cell.row_number,
        cell.column_number,
        cell.header as column_name,
        cell.cell,
        cell.raw_text,
        cell.number,
        cell.flaw,
        cell.flaw_reason,
        cell.doubt,
        header.target is null and asked.rows_of_table > 1 as is_without_column
    from asked
    inner join {{ ref('int_rule_pillar') }} as rule
        on
            asked.index_code = rule.index_code
            and asked.year = rule.year
            and asked.tier = rule.tier
            and asked.pillar = rule.pillar
    left join cell
        on
            asked.submission_id = cell.submission_id
            and asked.row_order = cell.row_order
            and asked.role = cell.role
            and asked.target = cell.target
    left join header
        on
            asked.submission_id = header.submission_id
            and asked.table_order = header.table_order
            and asked.role = header.role
            and asked.target = header.target
),

of_pillar as (
    select
        row_id,
        pillar,
        sum(case when role = 'component' then number end) as sum_of_components,
        max(case when role = 'total' then number end) as total,
        min(flaw is null and coalesce(number, 0) = 0) as is_zero,
        min(flaw is null and number is null) as is_empty
    from found
    group by 1, 2
),

of_row as (
    select
        row_id,
        min(is_zero) as is_zero,
        min(is_empty) as is_empty
    from of_pillar
    group by 1
),

-- What a figure would have to be for the sum to come right, all else as it stands.
fitting as (
    select
        found.*,
        case
            when found.role = 'total' then of_pillar.sum_of_components
            else of_pillar.total - of_pillar.sum_of_components + found.number
        end as fitting_number,
        case when found.absent_row = 'all_zero' then of_row.is_zero else of_row.is_empty end as is_absent_row
    from found
    inner join of_pillar on found.row_id = of_pillar.row_id and found.pillar = of_pillar.pillar
    inner join of_row on found.row_id = of_row.row_id
),

marked as (
    select
        *,
        coalesce(
            number > max_total
            and number = floor(number)
            and (
                number > 10 * max_total
                or number in (10 * fitting_number, 100 * fitting_number, 1000 * fitting_number, 10000 * fitting_number)
            ),
            false
        ) as has_lost_mark
    from fitting
)

select
    row_id,
    submission_id,
    index_code,
    year,
    tier,
    pillar,
    component,
    field,
    role = 'total' as is_total,
    is_bonus,
    {{ exact('max_figure') }} as max_figure,
    {{ exact('coalesce(min_figure, 0)') }} as least_figure,
    {{ exact("case when role = 'total' then max_figure + most_bonus when is_bonus then max_figure else coalesce(max_figure, max_total) end") }} as most_figure,
    annex,
    position,
    page_or_sheet,
    table_number,
    row_number,
    column_number,
    column_name,
    cell,
    raw_text,
    case when has_lost_mark then 'cell_damaged' else flaw end as flaw,
    case when has_lost_mark then 'decimal_mark_lost' else flaw_reason end as flaw_reason,
    doubt,
    case when flaw is null and not has_lost_mark then {{ exact('number') }} end as figure,
    is_absent_row,
    is_without_column
from marked
