-- One row per unit row and figure that its index asks for (each component, each pillar's total), with the cell that gives
-- it, if one does. A whole number above its pillar's maximum that has lost its decimal mark is a damaged cell, too: it is
-- taken for one where putting a mark back makes the sum come right, or where it is over ten times the maximum.
with unit_row as (
    select row_id, submission_id, row_order, table_order, index_code, year, tier from {{ ref('int_row') }}
),

pillar as (
    select
        unit_row.*,
        pillar.pillar,
        pillar.aggregation,
        pillar.max_total,
        pillar.absent_row
    from unit_row
    inner join {{ ref('pillars') }} as pillar
        on
            unit_row.index_code = pillar.index_code
            and unit_row.tier = pillar.tier
            and {{ in_force('pillar', 'unit_row.year') }}
),

asked as (
    select
        pillar.*,
        component.component,
        component.component as field,
        'component' as role,
        component.component as target,
        component.weight,
        component.max_score as registry_max
    from pillar
    inner join {{ ref('components') }} as component
        on
            pillar.index_code = component.index_code
            and pillar.tier = component.tier
            and pillar.pillar = component.pillar
            and {{ in_force('component', 'pillar.year') }}
    union all
    select
        *,
        null,
        pillar || '_total',
        'total',
        pillar,
        null,
        max_total
    from pillar
),

header as (
    select submission_id, table_order, role, target, max(stated_max) as stated_max from {{ ref('stg_landing__columns') }}
    group by all
),

-- A column that stands twice is read where it stands first.
cell as (
    select * from {{ ref('stg_landing__score_cells') }}
    where role in ('component', 'total')
    qualify row_number() over (partition by submission_id, row_order, role, target order by column_number) = 1
),

found as (
    select
        asked.*,
        {{ figure('coalesce(asked.registry_max, header.stated_max)') }} as max_figure,
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
        cell.doubt
    from asked
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

-- What a figure would have to be for the sum to come right, all else as it stands.
fitting as (
    select
        *,
        case
            when role = 'total' then sum(number) filter (where role = 'component') over pillar_of_row
            else
                max(number) filter (where role = 'total') over pillar_of_row
                - sum(number) filter (where role = 'component') over pillar_of_row
                + number
        end as fitting_number
    from found
    window pillar_of_row as (partition by row_id, pillar)
),

marked as (
    select
        *,
        coalesce(
            number > max_total
            and number = floor(number)
            and (
                number > 10 * max_total
                or number in (
                    10 * fitting_number, 100 * fitting_number, 1000 * fitting_number, 10000 * fitting_number
                )
            ),
            false
        ) as has_lost_mark
    from fitting
)

select
    * exclude (fitting_number, has_lost_mark, registry_max, role, target, flaw, flaw_reason),
    case when has_lost_mark then 'cell_damaged' else flaw end as flaw,
    case when has_lost_mark then 'decimal_mark_lost' else flaw_reason end as flaw_reason,
    case when flaw is null and not has_lost_mark then {{ figure('number') }} end as figure,
    case absent_row
        when 'all_zero' then bool_and(flaw is null and coalesce(number, 0) = 0) over (partition by row_id)
        else bool_and(flaw is null and number is null) over (partition by row_id)
    end as is_absent_row
from marked
