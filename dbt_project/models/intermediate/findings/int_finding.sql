with found as (
    {% for model, compares in checks_by_model().items() %}
    select
        '{{ model }}' as code,
        {{ address(model) }},
        subject,
        fact_name,
        {% if compares == 'figures' %}{{ plain('stated') }}{% else %}stated{% endif %} as stated,
        {% if compares == 'figures' %}{{ plain('expected') }}{% else %}expected{% endif %} as expected,
        difference,
        materiality,
        reason,
        detail
    from {{ ref(model) }} as {{ model }}
    where not is_passed
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    md5(concat_ws(
        '|', coalesce(version.index_code, ''), version.year, version.kind, coalesce(version.province_code, ''), found.code,
        coalesce(found.tier, ''), found.fact_name, found.field, found.subject
    )) as finding_id,
    version.chain_key,
    version.assessment_key,
    version.index_code,
    version.year,
    version.kind,
    version.province_code,
    version.version_order,
    version.valid_from,
    found.*,
    declared.severity,
    declared.scope
from found
inner join {{ ref('int_check_version') }} as version on found.version_id = version.version_id
inner join {{ ref('checks') }} as declared on found.code = declared.code
