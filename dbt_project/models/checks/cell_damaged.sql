with checked as (
    select
        *,
        coalesce(flaw, '') <> 'cell_damaged' as is_sound
    from {{ ref('int_version_cell') }}
    where is_checked and field not in ('unit', 'parent', 'level', 'number')
)

{{ check_result(
    'checked', stated='text', expected='case when is_sound then text end', reason='flaw_reason', is_passed='is_sound'
) }}
