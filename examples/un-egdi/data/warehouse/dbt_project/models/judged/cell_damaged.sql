-- Each figure's cell: as it was typed, or damaged by a program (a date, an error value, a lost decimal mark).
with judged as (
    select
        *,
        coalesce(flaw, '') <> 'cell_damaged' as is_sound
    from {{ ref('int_edition_cell') }}
    where is_judged and field not in ('unit', 'parent', 'level', 'number')
)

select
    {{ address('judged') }},
    {{ judgement(stated='text', expected='case when is_sound then text end', reason='flaw_reason', holds='is_sound') }}
from judged
