with parent as (
    select distinct
        member.assessment_key,
        member.index_code,
        member.year,
        member.tier,
        member.parent_code,
        member.parent_key,
        compared.previous_year
    from {{ ref('int_movement_member') }} as member
    inner join {{ ref('int_movement_year') }} as compared
        on
            member.index_code = compared.index_code
            and member.year = compared.year
            and member.tier = compared.tier
            and member.province_key is not distinct from compared.unit_key
            and compared.scope = 'province'
)

select
    parent.*,
    origin.origin_key as previous_parent_key
from parent
left join {{ ref('int_movement_origin') }} as origin
    on
        parent.year = origin.year
        and parent.previous_year = origin.previous_year
        and parent.parent_key = origin.unit_key
