with table_tier as (
    select submission_id, table_order, min(unit_row.tier) as tier from {{ ref('int_row') }} as unit_row
    where unit_row.tier is not null
    group by 1, 2
    having count(distinct unit_row.tier) = 1
),

rule as (
    select * from {{ ref('int_rule_level') }}
),

threshold as (
    select
        part.version_id,
        threshold.*,
        version.index_code,
        version.year,
        table_tier.tier,
        {{ exact('threshold.min_total') }} as stated,
        {{ exact('rule.min_total') }} as expected,
        concat_ws('/', threshold.level, threshold.pillar) as subject
    from {{ source('landing', 'thresholds') }} as threshold
    inner join {{ ref('int_version_part') }} as part
        on threshold.submission_id = part.submission_id and threshold.annex is not distinct from part.annex
    inner join {{ ref('int_version') }} as version on part.version_id = version.version_id
    inner join table_tier
        on threshold.submission_id = table_tier.submission_id and threshold.table_order = table_tier.table_order
    inner join rule
        on
            version.index_code = rule.index_code
            and version.year = rule.year
            and table_tier.tier = rule.tier
            and threshold.level = rule.level
            and threshold.pillar = rule.pillar
),

counted as (
    select
        *,
        count(*) over (partition by version_id, tier, subject) as occurrences
    from threshold
),

compared as (
    select *
    from {{ first_of('counted', 'version_id, tier, subject', 'stated = expected, annex, row_number') }} as counted
),

-- The rules as they would be if this threshold alone were the stated one.
rule_if as (
    select
        compared.version_id,
        compared.tier,
        compared.subject,
        rule.level,
        rule.level_order,
        rule.pillar,
        case when rule.level = compared.level and rule.pillar = compared.pillar then compared.stated else rule.min_total end
            as min_total
    from compared
    inner join rule
        on compared.index_code = rule.index_code and compared.year = rule.year and compared.tier = rule.tier
    where compared.stated <> compared.expected
),

total as (
    select
        unit.version_id,
        unit.row_id,
        total.tier,
        rule_case.subject,
        total.pillar,
        total.total
    from {{ ref('int_version_unit') }} as unit
    inner join {{ ref('int_row_basis_total') }} as total
        on unit.row_id = total.row_id and total.basis = 'stated' and total.corrections = ''
    inner join (select distinct version_id, tier, subject from rule_if) as rule_case
        on unit.version_id = rule_case.version_id and total.tier = rule_case.tier
),

level_if as (
    {{ reached_level('total', 'rule_if', keys=['version_id', 'tier', 'subject', 'row_id'], on=['version_id', 'tier', 'subject']) }}
),

moved as (
    select
        level_if.version_id,
        level_if.tier,
        level_if.subject,
        max(level_if.level <> level_as.level) as is_level_moved
    from level_if
    inner join {{ ref('int_row_level') }} as level_as
        on level_if.row_id = level_as.row_id and level_as.basis = 'stated' and level_as.corrections = ''
    group by 1, 2, 3
),

checked as (
    select
        compared.version_id,
        compared.submission_id,
        compared.tier,
        cast(null as string) as unit_key,
        cast(null as string) as unit_code,
        cast(null as string) as unit_name,
        cast(null as string) as written_name,
        cast(null as string) as written_parent,
        'threshold' as field,
        compared.annex,
        cast(null as integer) as position,
        compared.page_or_sheet,
        compared.table_number,
        compared.row_number,
        compared.column_number,
        cast(null as string) as column_name,
        compared.cell,
        compared.occurrences,
        compared.subject,
        compared.stated,
        compared.expected,
        case when compared.stated <> compared.expected and moved.is_level_moved then 'level' else 'none' end as materiality
    from compared
    left join moved
        on
            compared.version_id = moved.version_id
            and compared.tier = moved.tier
            and compared.subject = moved.subject
)

{{ check_result('checked', subject='subject', difference='stated - expected', materiality='materiality') }}
