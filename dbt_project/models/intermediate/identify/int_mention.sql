with written as (
    select submission_id, 'unit' as used_as, raw_text as written_name from {{ source('landing', 'score_cells') }}
    where role = 'unit'
    union
    select submission_id, 'parent', raw_text from {{ source('landing', 'score_cells') }}
    where role in ('unit', 'parent')
    union
    select submission_id, 'parent', written_unit from {{ source('landing', 'statements') }}
    union
    select submission_id, 'unit', written_name from {{ source('landing', 'statement_names') }}
),

mention as (
    select distinct
        submission.index_code,
        submission.year,
        submission.province_code,
        written.used_as,
        written.written_name
    from {{ ref('int_submission') }} as submission
    inner join written on submission.submission_id = written.submission_id
    where written.written_name <> ''
),

keyed as (
    select
        case used_as
            when 'unit' then {{ mention_id('unit', 'written_name') }}
            else {{ mention_id('parent', 'written_name') }}
        end as mention_id,
        index_code,
        year,
        province_code,
        used_as,
        written_name,
        {{ name_key('written_name') }} as written_key
    from mention
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
        keyed.mention_id,
        prefix.word as prefix,
        trim(substr(keyed.written_key, 1 + coalesce(length(prefix.word), 0))) as full_key
    from keyed
    left join prefix on {{ begins_with('keyed.written_key', "prefix.word || ' '") }}
),

typed as (
    select
        unprefixed.mention_id,
        type_word.word,
        type_word.type_key,
        coalesce(type_word.is_abbreviated, false) as is_abbreviated,
        trim(substr(unprefixed.full_key, 1 + coalesce(length(type_word.word), 0))) as bare_key
    from {{ first_of('unprefixed', 'mention_id', 'length(prefix) desc') }} as unprefixed
    left join type_word on {{ begins_with("unprefixed.full_key || ' '", "type_word.word || ' '") }}
)

select
    keyed.mention_id,
    keyed.index_code,
    keyed.year,
    keyed.province_code,
    keyed.used_as,
    keyed.written_name,
    keyed.written_key,
    typed.type_key,
    typed.is_abbreviated,
    typed.bare_key,
    {{ folded('typed.bare_key') }} as bare_fold
from keyed
inner join {{ first_of('typed', 'mention_id', 'length(word) desc, is_abbreviated') }} as typed
    on keyed.mention_id = typed.mention_id
