-- What does not hold, of every check and edition: one row per edition and finding, with what its check declares.
with judged as (
    {% for model, compares in judged_models().items() %}
    select
        '{{ model }}' as code,
        {{ address(model) }},
        subject,
        {% if compares == 'figures' %}{{ plain('stated') }}{% else %}stated{% endif %} as stated,
        {% if compares == 'figures' %}{{ plain('expected') }}{% else %}expected{% endif %} as expected,
        difference,
        materiality,
        reason,
        detail
    from {{ ref(model) }} as {{ model }}
    where not holds
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

edition as (
    select edition_id, edition_key, index_code, year, kind, province_code, known_from from {{ ref('int_edition') }}
    union all
    select distinct
        edition_id,
        concat_ws('/', 'unread', year, kind),
        cast(null as varchar),
        year,
        kind,
        cast(null as varchar),
        known_from
    from {{ ref('int_file_edition') }}
)

select
    md5(concat_ws(
        '|', coalesce(edition.index_code, ''), edition.year, edition.kind, judged.code, coalesce(judged.tier, ''),
        coalesce(judged.unit_code, {{ name_key('judged.written_name') }}, ''), judged.field, judged.subject
    )) as finding_id,
    edition.edition_key,
    edition.index_code,
    edition.year,
    edition.kind,
    edition.province_code,
    edition.known_from,
    judged.*,
    declared.severity,
    declared.scope
from judged
inner join edition using (edition_id)
inner join {{ ref('checks') }} as declared using (code)
