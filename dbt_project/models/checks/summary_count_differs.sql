with checked as (
    select
        summary.version_id,
        summary.unit_key,
        summary.unit_code,
        summary.unit_name,
        {{ summary_address() }},
        summary.level,
        {{ exact('coalesce(summary.stated, 0)') }} as stated,
        {{ exact('case when summary.has_detail then summary.detail else summary.names_listed end') }} as expected
    from {{ ref('int_summary_level') }} as summary
    inner join {{ ref('int_statement') }} as statement on summary.statement_id = statement.statement_id
    inner join {{ ref('int_unit_year') }} as unit on summary.unit_key = unit.unit_key and statement.year = unit.year
    where (summary.has_detail and (summary.level <> 'unranked' or summary.stated is not null)) or summary.names_listed is not null
)

{{ check_result('checked', subject='level', difference='stated - expected', materiality="'none'") }}
