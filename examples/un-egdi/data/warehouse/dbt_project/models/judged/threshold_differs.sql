-- Each threshold that a document's notes state, beside the registry's of its year; material where it would move a level.
with threshold as (
    select
        annex.edition_id,
        threshold.*,
        edition.index_code,
        edition.year
    from {{ ref('stg_landing__thresholds') }} as threshold
    inner join {{ ref('int_edition_annex') }} as annex
        on threshold.submission_id = annex.submission_id and threshold.annex is not distinct from annex.annex
    inner join {{ ref('int_edition') }} as edition using (edition_id)
),

table_tier as (
    select submission_id, table_order, min(tier) as tier from {{ ref('int_row') }}
    where tier is not null
    group by all
    having count(distinct tier) = 1
),

rule as (
    select * from {{ ref('level_rules') }}
),

compared as (
    select
        threshold.*,
        table_tier.tier,
        {{ figure('threshold.min_total') }} as stated,
        rule.min_total as expected,
        concat_ws('/', threshold.level, threshold.pillar) as subject,
        count(*) over same_fact as occurrences
    from threshold
    inner join table_tier using (submission_id, table_order)
    inner join rule
        on
            threshold.index_code = rule.index_code
            and table_tier.tier = rule.tier
            and threshold.level = rule.level
            and threshold.pillar = rule.pillar
            and {{ in_force('rule', 'threshold.year') }}
    window same_fact as (partition by threshold.edition_id, table_tier.tier, threshold.level, threshold.pillar)
    qualify row_number() over (
        partition by threshold.edition_id, table_tier.tier, threshold.level, threshold.pillar
        order by stated = expected, threshold.annex, threshold.row_number
    ) = 1
),

-- The rules as they would be if this threshold alone were the stated one.
rule_if as (
    select
        compared.edition_id,
        compared.tier,
        compared.subject,
        rule.level,
        rule.level_order,
        rule.pillar,
        case when rule.level = compared.level and rule.pillar = compared.pillar then compared.stated else rule.min_total end
            as min_total
    from compared
    inner join rule
        on
            compared.index_code = rule.index_code
            and compared.tier = rule.tier
            and {{ in_force('rule', 'compared.year') }}
    where compared.stated <> compared.expected
),

total as (
    select
        unit.edition_id,
        unit.row_id,
        total.tier,
        rule_case.subject,
        total.pillar,
        total.total
    from {{ ref('int_edition_unit') }} as unit
    inner join {{ ref('int_row_basis_total') }} as total on unit.row_id = total.row_id and total.basis = 'stated'
    inner join (select distinct edition_id, tier, subject from rule_if) as rule_case
        on unit.edition_id = rule_case.edition_id and total.tier = rule_case.tier
),

level_if as (
    {{ reached_level('total', 'rule_if', keys=['edition_id', 'tier', 'subject', 'row_id'], on=['edition_id', 'tier', 'subject']) }}
),

moved as (
    select
        level_if.edition_id,
        level_if.tier,
        level_if.subject,
        bool_or(level_if.level <> level_as.level) as is_level_moved
    from level_if
    inner join {{ ref('int_row_level') }} as level_as
        on level_if.row_id = level_as.row_id and level_as.basis = 'stated'
    group by all
),

judged as (
    select
        compared.* exclude (level, pillar),
        case when compared.stated = compared.expected or not coalesce(moved.is_level_moved, false) then 'none' else 'level' end
            as materiality,
        'threshold' as field,
        cast(null as varchar) as column_name,
        cast(null as varchar) as unit_key,
        cast(null as varchar) as unit_code,
        cast(null as varchar) as unit_name,
        cast(null as varchar) as written_name,
        cast(null as integer) as position
    from compared
    left join moved using (edition_id, tier, subject)
)

select
    {{ address('judged') }},
    {{ judgement(subject='subject', difference='stated - expected', materiality='materiality') }}
from judged
