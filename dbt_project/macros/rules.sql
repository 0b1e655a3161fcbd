{#- Whether a row of a registry (pillars, components, level_rules) is in force in a year. -#}
{% macro in_force(rule, year) -%}
{{ year }} between coalesce({{ rule }}.valid_from_year, 0) and coalesce({{ rule }}.valid_to_year, 9999)
{%- endmacro %}


{#- The level that totals reach: the best whose thresholds are reached in every pillar; `unranked` where none is; null
    where a total is missing or the index has no levels. `totals` has the columns named in `keys` and pillar, total;
    `rules` has those of `keys` that it is matched by (`on`), and level, level_order, pillar, min_total. -#}
{% macro reached_level(totals, rules, keys, on) %}
    select
        {% for key in keys %}{{ key }}, {% endfor %}
        case
            when not max(has_gap) then coalesce({{ first_by('case when is_reached then level end', 'case when is_reached then level_order end') }}, 'unranked')
        end as level
    from (
        select
            {% for key in keys %}totals.{{ key }}, {% endfor %}
            rules.level,
            rules.level_order,
            min(totals.total >= rules.min_total) as is_reached,
            max(totals.total is null) as has_gap
        from {{ totals }} as totals
        inner join {{ rules }} as rules
            on
                totals.pillar = rules.pillar
                {% for key in on %}and totals.{{ key }} = rules.{{ key }}
                {% endfor %}
        group by {% for key in keys %}totals.{{ key }}, {% endfor %}rules.level, rules.level_order
    ) as compared
    group by {{ keys | join(', ') }}
{% endmacro %}


{#- Whether a row of the registry of units is valid on 31 December of a year. -#}
{% macro valid_in(unit, year) -%}
make_date({{ year }}, 12, 31) >= coalesce({{ unit }}.valid_from, date '0001-01-01')
and make_date({{ year }}, 12, 31) < coalesce({{ unit }}.valid_to, date '9999-12-31')
{%- endmacro %}


{#- Whether a kind of submission comes before the decision: its results are drafts, published beside those of the decision. -#}
{% macro is_draft(kind) -%}
{{ kind }} in ('self_assessed', 'appraised')
{%- endmacro %}
