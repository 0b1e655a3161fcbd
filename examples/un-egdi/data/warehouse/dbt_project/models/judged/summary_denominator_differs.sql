-- Of how many units the summary speaks ('33/37'), beside how many the official list of the year has.
with judged as (
    select
        summary.edition_id,
        summary.unit_key,
        summary.unit_code,
        summary.unit_name,
        {{ summary_address() }},
        summary.level,
        {{ figure('summary.out_of') }} as stated,
        {{ figure('summary.roster') }} as expected
    from {{ ref('int_summary_level') }} as summary
    inner join {{ ref('int_statement') }} as statement using (statement_id)
    inner join {{ ref('int_unit') }} as unit on summary.unit_key = unit.unit_key
    where summary.out_of is not null and summary.roster is not null
)

select
    {{ address('judged') }},
    {{ judgement(subject='level', difference='stated - expected', materiality="'none'") }}
from judged
