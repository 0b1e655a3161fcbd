-- How many units the summary gives each level, beside how many the detailed annex gives it; without a detailed annex beside
-- how many names the statement itself lists. A level that the summary leaves out counts as 0 of it.
with judged as (
    select
        summary.edition_id,
        summary.unit_key,
        summary.unit_code,
        summary.unit_name,
        {{ summary_address() }},
        summary.level,
        {{ figure('coalesce(summary.stated, 0)') }} as stated,
        {{ figure('case when summary.has_detail then summary.detail else summary.names_listed end') }} as expected
    from {{ ref('int_summary_level') }} as summary
    inner join {{ ref('int_statement') }} as statement using (statement_id)
    inner join {{ ref('int_unit') }} as unit on summary.unit_key = unit.unit_key
    where (summary.has_detail and (summary.level <> 'unranked' or summary.stated is not null)) or summary.names_listed is not null
)

select
    {{ address('judged') }},
    {{ judgement(subject='level', difference='stated - expected', materiality="'none'") }}
from judged
