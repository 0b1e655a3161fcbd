with level as (
    select
        row_id,
        max(case when basis = 'stated' then level end) as by_stated,
        max(case when basis = 'settled' then level end) as by_computed
    from {{ ref('int_row_level') }}
    where corrections = ''
    group by 1
),

checked as (
    select
        cell.*,
        stated.level_text as stated,
        case when stated.level_text = level.by_computed then level.by_computed else level.by_stated end as expected
    from {{ ref('int_version_cell') }} as cell
    inner join {{ ref('int_row_stated') }} as stated on cell.row_id = stated.row_id
    inner join level on cell.row_id = level.row_id
    where
        cell.is_checked
        and cell.field = 'level'
        and stated.level_text is not null
        and level.by_stated is not null
        and level.by_computed is not null
        and cell.flaw is null
        and cell.row_id not in (select row_id from {{ ref('int_row_figure') }} where doubt <> 'shown_rounded')
),

known as (
    select distinct index_code, year, tier, level, level_order from {{ ref('int_rule_level') }}
),

-- Why: the totals that miss the stated level, or where it is too low, those that reach the expected one.
compared as (
    select
        checked.version_id,
        checked.row_id,
        total.index_code,
        total.year,
        total.tier,
        total.pillar,
        total.total,
        coalesce(stated.level_order < coalesce(expected.level_order, stated.level_order + 1), false) as is_too_good,
        case
            when stated.level_order < coalesce(expected.level_order, stated.level_order + 1) then checked.stated
            else checked.expected
        end as level
    from checked
    inner join {{ ref('int_row_basis_total') }} as total
        on checked.row_id = total.row_id and total.basis = 'stated' and total.corrections = ''
    left join known as stated
        on
            total.index_code = stated.index_code
            and total.year = stated.year
            and total.tier = stated.tier
            and checked.stated = stated.level
    left join known as expected
        on
            total.index_code = expected.index_code
            and total.year = expected.year
            and total.tier = expected.tier
            and checked.expected = expected.level
    where checked.stated <> checked.expected
),

reason as (
    select
        compared.version_id,
        compared.row_id,
        compared.pillar,
        field.name_vi || ' là ' || replace({{ plain('compared.total') }}, '.', ',')
        || case when compared.is_too_good then ', chưa đạt ngưỡng ' else ', đạt ngưỡng ' end
        || replace({{ plain('rule.min_total') }}, '.', ',') || ' của mức độ ' || compared.level as why_vi,
        field.name_en || ' is ' || {{ plain('compared.total') }}
        || case when compared.is_too_good then ', below the ' else ', and reaches the ' end
        || {{ plain('rule.min_total') }} || ' of level ' || compared.level as why_en
    from compared
    inner join {{ ref('int_rule_level') }} as rule
        on
            compared.index_code = rule.index_code
            and compared.year = rule.year
            and compared.tier = rule.tier
            and compared.pillar = rule.pillar
            and compared.level = rule.level
    inner join {{ ref('int_field') }} as field
        on compared.index_code = field.index_code and compared.pillar || '_total' = field.field
    where not compared.is_too_good or compared.total < rule.min_total
),

why as (
    select
        version_id,
        row_id,
        {{ joined('why_vi', '; ', 'pillar') }} || '|' || {{ joined('why_en', '; ', 'pillar') }} as why
    from reason
    group by 1, 2
),

told as (
    select
        checked.*,
        why.why
    from checked
    left join why on checked.version_id = why.version_id and checked.row_id = why.row_id
)

{{ check_result('told', materiality="case when stated = expected then 'none' else 'level' end", detail='why') }}
