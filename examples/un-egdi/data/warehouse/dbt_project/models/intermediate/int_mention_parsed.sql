-- Each written name taken apart: without 'Ủy ban nhân dân', its type ('TT' is Thị trấn), and the bare name as a key.
with mention as (
    select *, {{ name_key('written_name') }} as written_key from {{ ref('int_mention') }}
),

prefix as (
    select {{ name_key('label') }} as word from {{ ref('labels') }}
    where role = 'unit_prefix'
),

type_word as (
    select distinct type_key as word, type_key, false as is_abbreviated from {{ ref('int_unit_year') }}
    where type_key <> ''
    union all
    select {{ name_key('label') }}, {{ name_key('target') }}, true from {{ ref('labels') }}
    where role = 'unit_type'
),

unprefixed as (
    select
        mention.*,
        trim(substr(written_key, 1 + coalesce(length(prefix.word), 0))) as full_key
    from mention
    left join prefix on starts_with(mention.written_key, prefix.word || ' ')
    qualify row_number() over (partition by mention_id order by length(prefix.word) desc nulls last) = 1
),

typed as (
    select
        unprefixed.*,
        type_word.type_key,
        coalesce(type_word.is_abbreviated, false) as is_abbreviated,
        trim(substr(full_key, 1 + coalesce(length(type_word.word), 0))) as bare_key
    from unprefixed
    left join type_word on starts_with(unprefixed.full_key || ' ', type_word.word || ' ')
    qualify row_number() over (partition by mention_id order by length(type_word.word) desc nulls last) = 1
)

select
    * exclude (written_key, full_key),
    {{ folded('bare_key') }} as bare_fold
from typed
