-- The units that a written name may mean, by the kinds of match in their order of trust. docs/units.md says why these and
-- no others, with the measured error of each; a letter's difference is never an answer.
--   exact      the keys are equal, and the types where one is written
--   alias      a person decided it (seeds/aliases.csv); where the line names a parent (alias_parent), only beside that
--   type_only  only a type is written ('Thành phố'), and it is what a unit is under
--   folded     equal without tones and diacritics, as no sibling of its type is, and none may be meant by a single slip; where
--              marks are not only lost but changed, no sibling's bare letters are within one letter either
with mention as (
    select * from {{ ref('int_mention_parsed') }}
),

scored_tier as (
    select distinct index_code, tier from {{ ref('pillars') }}
),

unit as (
    select
        *,
        has_children and depth = max(depth) filter (where has_children) over (partition by year, province_code) as is_parent
    from {{ ref('int_unit_year') }}
),

-- What a mention may mean at all: parents where a parent is meant, units of the index's tiers where a unit is.
eligible as (
    select distinct index_code, 'unit' as used_as, unit.year, unit.unit_key
    from unit
    inner join scored_tier using (tier)
    union all
    select distinct scored_tier.index_code, 'parent', unit.year, unit.unit_key
    from unit
    cross join scored_tier
    where unit.is_parent
),

alike as (
    select
        mention.mention_id,
        unit.*,
        mention.bare_key as written_key,
        mention.type_key is not null as is_typed,
        mention.bare_key = unit.bare_key as is_same_key,
        {{ has_only_lost_marks('mention.bare_key', 'unit.bare_key') }} as is_unmarked
    from mention
    inner join unit
        on
            mention.year = unit.year
            and (mention.province_code is null or mention.province_code = unit.province_code)
            and mention.bare_fold = unit.bare_fold
            and (mention.type_key is null or mention.type_key = unit.type_key)
    inner join eligible
        on
            mention.index_code = eligible.index_code
            and mention.used_as = eligible.used_as
            and unit.year = eligible.year
            and unit.unit_key = eligible.unit_key
),

matched as (
    select
        mention_id,
        unit_key,
        is_typed,
        'exact' as match_kind,
        1 as step,
        cast(null as varchar) as alias_parent
    from alike
    where is_same_key
    union all
    select mention.mention_id, unit.unit_key, true, 'alias', 2, alias.written_parent
    from mention
    inner join {{ ref('aliases') }} as alias
        on
            coalesce(alias.index_code, mention.index_code) = mention.index_code
            and {{ name_key('alias.written_name') }} = {{ name_key('mention.written_name') }}
            and mention.year between coalesce(alias.valid_from_year, 0) and coalesce(alias.valid_to_year, 9999)
    inner join unit on alias.unit_code = unit.unit_code and mention.year = unit.year
    union all
    select mention.mention_id, unit.unit_key, true, 'type_only', 3, null
    from mention
    inner join unit
        on
            mention.year = unit.year
            and mention.province_code = unit.province_code
            and mention.type_key = unit.type_key
            and unit.is_parent
    where mention.bare_key = '' and mention.used_as = 'parent'
    union all
    select mention_id, unit_key, is_typed, 'folded', 4, null from alike
    where
        not is_same_key
        and not exists (
            from unit as sibling
            where
                sibling.year = alike.year
                and sibling.parent_code is not distinct from alike.parent_code
                and sibling.type_key = alike.type_key
                and sibling.unit_key <> alike.unit_key
                and (
                    sibling.bare_fold = alike.bare_fold
                    or {{ is_a_slip_of('alike.written_key', 'sibling.bare_key') }}
                    or (
                        not alike.is_unmarked
                        and damerau_levenshtein(sibling.bare_fold, alike.bare_fold) <= 1
                    )
                )
        )
)

select
    matched.*,
    unit.year,
    unit.bare_fold,
    unit.parent_code as unit_parent_code,
    unit.tier as unit_tier
from matched
inner join {{ ref('int_mention') }} as mention using (mention_id)
inner join unit on matched.unit_key = unit.unit_key and mention.year = unit.year
