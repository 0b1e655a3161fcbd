with document as (
    select
        submission_id,
        decision_number,
        change,
        {{ decision_key('changed_decision') }} as changed_key
    from {{ source('landing', 'documents') }}
),

-- An annex that came in a file of its own tells its decision by what it cites.
cited as (
    select submission_id, annex, max(number) as number from {{ source('landing', 'citations') }}
    group by 1, 2
),

given as (
    select
        taken.*,
        document.change,
        document.changed_key,
        coalesce(document.decision_number, cited.number) as decision_number
    from {{ ref('int_version_unit') }} as taken
    inner join document on taken.submission_id = document.submission_id
    left join cited on taken.submission_id = cited.submission_id and taken.annex = cited.annex
),

replacing as (
    select distinct version_id, submission_id, tier, decision_number, changed_key from given
    where change = 'replaced'
),

-- One fact per unit of a tier that the newer decision gives: whose figures stand.
asked as (
    select
        given.version_id,
        replacing.submission_id,
        given.tier,
        given.unit_key,
        given.unit_code,
        given.unit_name,
        replacing.decision_number as replacing_number,
        given.decision_number,
        given.submission_id <> replacing.submission_id
        and coalesce({{ decision_key('given.decision_number') }} = replacing.changed_key, false)
        and {{ decision_key('replacing.decision_number') }} is distinct from replacing.changed_key as is_left_out
    from given
    inner join replacing on given.version_id = replacing.version_id and given.tier = replacing.tier
),

checked as (
    select
        *,
        cast(null as string) as written_name,
        cast(null as string) as written_parent,
        'unit' as field,
        {{ no_place() }}
    from {{ first_of('asked', 'version_id, unit_key', 'is_left_out desc, submission_id') }} as asked
)

{{ check_result(
    'checked', stated='decision_number',
    expected="case when is_left_out then coalesce(replacing_number, '?') else decision_number end",
    is_passed='not is_left_out'
) }}
