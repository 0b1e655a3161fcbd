-- The number and date of the decision that each annex cites, beside the document's own head. Where an edition holds no head,
-- citations that contradict each other are one fact that lists them, and nobody knows which is right.
with citation as (
    select
        annex.edition_id,
        citation.*
    from {{ ref('stg_landing__citations') }} as citation
    inner join {{ ref('int_edition_annex') }} as annex
        on citation.submission_id = annex.submission_id and citation.annex is not distinct from annex.annex
),

head as (
    select
        edition_id,
        submission_id,
        number,
        cited_date
    from citation
    where is_own
    qualify row_number() over (partition by edition_id order by number is null, submission_id) = 1
),

part as (
    select *, 'number' as part, number as cited from citation
    union all
    select *, 'date', cast(cited_date as varchar) from citation
),

against_head as (
    select
        part.* exclude (number, cited_date, raw_text),
        part.annex || '/' || part.part as subject,
        part.cited as stated,
        case part.part when 'number' then head.number else cast(head.cited_date as varchar) end as expected,
        1 as occurrences
    from part
    inner join head using (edition_id)
    where part.annex is not null and part.cited is not null and expected is not null
),

headless as (
    select
        citation.* exclude (raw_text),
        count(*) over edition as occurrences,
        count(distinct concat_ws(' ', number, cited_date)) over edition as versions,
        string_agg(concat_ws(' ', annex || ':', number, cited_date), '; ') over (
            partition by citation.edition_id order by annex rows between unbounded preceding and unbounded following
        ) as versions_listed
    from citation
    anti join head using (edition_id)
    where annex is not null and (number is not null or cited_date is not null)
    window edition as (partition by citation.edition_id)
    qualify row_number() over (partition by citation.edition_id order by annex) = 1
),

among_themselves as (
    select
        * exclude (versions, versions_listed, number, cited_date),
        '' as subject,
        versions_listed as stated,
        case when versions = 1 then versions_listed end as expected
    from headless
),

judged as (
    select
        *,
        'citation' as field,
        cast(null as varchar) as column_name,
        cast(null as varchar) as tier,
        cast(null as varchar) as unit_key,
        cast(null as varchar) as unit_code,
        cast(null as varchar) as unit_name,
        cast(null as varchar) as written_name,
        cast(null as integer) as position
    from (select * exclude (part, cited) from against_head union all by name select * from among_themselves)
)

select
    {{ address('judged') }},
    {{ judgement(subject='subject', materiality="case when expected is not null then 'none' end") }}
from judged
