with cited as (
    select
        'figures' as about,
        submission.index_code,
        assessment.year,
        assessment.kind,
        assessment.province_code,
        submission.sender as publisher,
        coalesce(submission.decision_number, submission.file_name) as title,
        submission.decision_date as dated
    from {{ ref('fct_submission') }} as submission
    inner join {{ ref('dim_assessment') }} as assessment on submission.assessment_key = assessment.assessment_key
    where submission.is_current
    union
    select 'rules', index_code, null, null, null, null, source, null from {{ ref('dim_pillar') }}
    union
    select 'rules', index_code, null, null, null, null, source, null from {{ ref('dim_component') }}
    union
    select 'rules', index_code, null, null, null, null, source, null from {{ ref('dim_level_rule') }}
    union
    select 'units', null, null, null, null, null, source, null from {{ ref('dim_unit') }}
),

licensed as (
    select
        cited.*,
        licence.licence,
        licence.licence_url,
        licence.note_vi,
        licence.note_en,
        licence.province_code is null as is_of_every_province,
        licence.index_code is null as is_of_every_index
    from cited
    left join {{ ref('licences') }} as licence
        on
            cited.about = licence.about
            and (licence.index_code is null or cited.index_code = licence.index_code)
            and (licence.province_code is null or cited.province_code = licence.province_code)
    where cited.title is not null
)

-- Of several licences the one that says most: of the province, else of the index, else of all.
select
    about,
    index_code,
    year,
    kind,
    province_code,
    publisher,
    title,
    dated,
    coalesce(licence, 'notspecified') as licence,
    licence_url,
    note_vi,
    note_en
from {{ first_of(
    'licensed', 'about, index_code, year, kind, province_code, title',
    'is_of_every_province, is_of_every_index, publisher, dated'
) }} as licensed
