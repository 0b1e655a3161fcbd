-- Each figure's cell: a number, or words that are none ('23 điểm', 'x').
with judged as (
    select
        *,
        coalesce(flaw, '') <> 'not_a_number' as is_sound
    from {{ ref('int_edition_cell') }}
    where is_judged and field not in ('unit', 'parent', 'level', 'number')
)

select
    {{ address('judged') }},
    {{ judgement(stated='text', expected='case when is_sound then text end', reason='flaw_reason', holds='is_sound') }}
from judged
