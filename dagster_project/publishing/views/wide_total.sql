select
    total.index_code,
    total.tier,
    coalesce(tier.name_vi, total.tier) as tier_vi,
    total.unit_code,
    total.unit_key,
    unit.unit_name,
    unit.province_code,
    total.pillar,
    max_by(pillar.name_vi, total.year) as pillar_vi
    {%- for year in years %},
    any_value(total.computed) filter (where total.year = {{ year }}) as y{{ year }}
    {%- endfor %}
from fct_pillar_result as total
inner join dim_unit as unit using (unit_key)
left join dim_pillar as pillar
    on
        total.index_code = pillar.index_code
        and total.tier = pillar.tier
        and total.pillar = pillar.pillar
        and total.year between coalesce(pillar.valid_from_year, 0) and coalesce(pillar.valid_to_year, 9999)
left join dim_term as tier on tier.term = 'tier' and total.tier = tier.code
group by all
