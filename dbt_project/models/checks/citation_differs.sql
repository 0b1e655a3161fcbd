with citation as (
    select
        part.version_id,
        citation.*
    from {{ source('landing', 'citations') }} as citation
    inner join {{ ref('int_version_part') }} as part
        on citation.submission_id = part.submission_id and citation.annex is not distinct from part.annex
),

head as (
    select
        version_id,
        submission_id,
        number,
        cited_date
    from citation
    where is_own
),

-- An annex is judged against the head of its own document; one that came without against the first head there is.
first_head as (
    select * from {{ first_of('head', 'version_id', 'number is null, submission_id') }} as head
),

headed as (
    select
        citation.version_id,
        citation.submission_id,
        citation.annex,
        citation.page_or_sheet,
        citation.table_number,
        citation.row_number,
        citation.column_number,
        citation.cell,
        citation.number,
        citation.cited_date,
        coalesce(own.number, first_head.number) as head_number,
        coalesce(own.cited_date, first_head.cited_date) as head_date,
        first_head.submission_id is not null as has_head,
        row_number() over (
            partition by citation.version_id, citation.number is null and citation.cited_date is null
            order by citation.annex, citation.submission_id
        ) as place
    from citation
    left join head as own on citation.version_id = own.version_id and citation.submission_id = own.submission_id
    left join first_head on citation.version_id = first_head.version_id
    left join {{ source('landing', 'documents') }} as document on citation.submission_id = document.submission_id
    where
        citation.annex is not null
        -- What a decision amends stays an annex of the decision that it amends.
        and not (
            coalesce(document.change = 'amended', false)
            and {{ decision_key('citation.number') }} is not distinct from {{ decision_key('document.changed_decision') }}
        )
),

part as (
    select
        *,
        annex || '/number' as subject,
        number as stated,
        head_number as expected,
        1 as occurrences
    from headed
    where number is not null and head_number is not null
    union all
    select
        *,
        annex || '/date',
        cast(cited_date as string),
        cast(head_date as string),
        1
    from headed
    where cited_date is not null and head_date is not null
),

-- Without any head, citations that contradict each other are one fact that lists them, and nobody knows which is right.
listed as (
    select
        version_id,
        count(*) as occurrences,
        count(distinct concat_ws(' ', number, cited_date)) as variants,
        {{ joined("concat_ws(' ', annex || ':', number, cited_date)", '; ', 'annex, submission_id') }} as citations
    from headed
    where not has_head and (number is not null or cited_date is not null)
    group by 1
),

among_themselves as (
    select
        headed.*,
        '' as subject,
        listed.citations as stated,
        case when listed.variants = 1 then listed.citations end as expected,
        listed.occurrences
    from headed
    inner join listed on headed.version_id = listed.version_id
    where not headed.has_head and (headed.number is not null or headed.cited_date is not null) and headed.place = 1
),

checked as (
    select
        fact.*,
        'citation' as field,
        {{ no_unit() }}
    from (select * from part union all select * from among_themselves) as fact
)

{{ check_result('checked', subject='subject', materiality="'none'") }}
