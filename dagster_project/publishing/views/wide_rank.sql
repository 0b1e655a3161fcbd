select
    result.index_code,
    result.tier,
    coalesce(tier.name_vi, result.tier) as tier_vi,
    result.unit_code,
    result.unit_key,
    result.unit_name,
    result.province_code
    {%- for year in years %},
    any_value(result.rank_in_province) filter (where result.year = {{ year }}) as y{{ year }}
    {%- endfor %}
from fct_unit_result as result
left join dim_term as tier on tier.term = 'tier' and result.tier = tier.code
where result.result_status = 'scored'
group by all
