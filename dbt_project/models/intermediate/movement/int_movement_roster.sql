with origin as (
    select
        *,
        case when is_same then unit_key else origin_key end as followed_key,
        case when origins > 1 then 'merged' else 'entered' end as arrival,
        case when successors = 1 and origins > 1 then 'merged' else 'left' end as fate
    from {{ ref('int_movement_origin') }}
),

parent as (
    select * from {{ ref('int_movement_parent') }}
),

member as (
    select * from {{ ref('int_movement_member') }}
),

now as (
    select
        parent.*,
        member.unit_key,
        member.row_id,
        member.corrections,
        member.level_state,
        member.is_direct,
        coalesce(origin.arrival, 'entered') as arrival
    from (select distinct assessment_key, index_code, year, tier, parent_code, parent_key, previous_year from parent) as parent
    inner join member
        on
            parent.index_code = member.index_code
            and parent.year = member.year
            and parent.tier = member.tier
            and parent.parent_key is not distinct from member.parent_key
    left join (select distinct year, previous_year, unit_key, arrival from origin) as origin
        on
            parent.year = origin.year
            and parent.previous_year = origin.previous_year
            and member.unit_key = origin.unit_key
),

before as (
    select
        parent.assessment_key,
        parent.index_code,
        parent.year,
        parent.tier,
        parent.parent_code,
        parent.parent_key,
        parent.previous_year,
        coalesce(origin.followed_key, member.unit_key) as unit_key,
        member.row_id,
        member.corrections,
        member.level_state,
        member.is_direct or continued.origin_key is null as is_direct,
        coalesce(origin.fate, 'left') as fate
    from parent
    inner join member
        on
            parent.index_code = member.index_code
            and parent.previous_year = member.year
            and parent.tier = member.tier
            and parent.previous_parent_key is not distinct from member.parent_key
    left join (select distinct year, previous_year, origin_key, followed_key, fate from origin) as origin
        on
            parent.year = origin.year
            and parent.previous_year = origin.previous_year
            and member.unit_key = origin.origin_key
    left join (select distinct year, previous_year, origin_key from origin) as continued
        on
            parent.year = continued.year
            and parent.previous_year = continued.previous_year
            and member.next_parent_key = continued.origin_key
)

select
    coalesce(now.assessment_key, before.assessment_key) as assessment_key,
    coalesce(now.index_code, before.index_code) as index_code,
    coalesce(now.year, before.year) as year,
    coalesce(now.tier, before.tier) as tier,
    coalesce(now.parent_code, before.parent_code) as parent_code,
    coalesce(now.previous_year, before.previous_year) as previous_year,
    coalesce(now.unit_key, before.unit_key) as unit_key,
    now.row_id,
    now.corrections,
    now.level_state,
    coalesce(now.is_direct, false) as is_direct,
    now.arrival,
    before.row_id as previous_row_id,
    before.corrections as previous_corrections,
    before.level_state as previous_level_state,
    coalesce(before.is_direct, false) as was_direct,
    before.fate
from now
full join before
    on
        now.index_code = before.index_code
        and now.year = before.year
        and now.tier = before.tier
        and now.parent_key is not distinct from before.parent_key
        and now.unit_key = before.unit_key
