with finding as (
    select * from {{ ref('int_finding') }}
),

worded as (
    select
        finding.version_id,
        finding.finding_id,
        finding.field,
        -- A file that could not be read comes with its reader's own sentence.
        coalesce('{stated}: ' || file.unreadable_vi, declared.message_vi) as message_vi,
        coalesce('{stated}: ' || file.unreadable_en, declared.message_en) as message_en,
        finding.stated,
        finding.expected,
        finding.detail,
        cast(finding.occurrences as string) as occurrences,
        {{ plain('finding.difference') }} as difference,
        coalesce(finding.unit_name, finding.written_name) as unit,
        coalesce(field_name.name_vi, finding.field) as field_vi,
        coalesce(field_name.name_en, finding.field) as field_en,
        {{ succeeded('coalesce(reason.reason_vi, finding.reason)') }} as reason_vi,
        {{ succeeded('coalesce(reason.reason_en, finding.reason)') }} as reason_en,
        coalesce(nullif(concat_ws(', ', 'Phụ lục ' || finding.annex, case when finding.annex is null then 'Đơn vị thứ ' else 'đơn vị thứ ' end || finding.position), ''), 'Văn bản') as where_vi,
        coalesce(nullif(concat_ws(', ', 'Annex ' || finding.annex, case when finding.annex is null then 'Unit ' else 'unit ' end || finding.position), ''), 'Document') as where_en,
        split_part(finding.subject, '/', 1) as subject_level,
        pillar_name.name_vi as subject_pillar_vi,
        pillar_name.name_en as subject_pillar_en,
        declared.compares = 'figures' as is_figure
    from finding
    inner join {{ ref('checks') }} as declared on finding.code = declared.code
    left join {{ ref('int_file') }} as file
        on finding.submission_id = file.submission_id and finding.code = 'file_unreadable'
    left join {{ ref('int_field') }} as field_name
        on
            finding.field = field_name.field
            and (field_name.index_code is null or finding.index_code = field_name.index_code)
    left join {{ ref('reasons') }} as reason on finding.reason = reason.reason
    left join (
        select index_code, pillar, min(name_vi) as name_vi, min(name_en) as name_en from {{ ref('pillars') }} group by 1, 2
    ) as pillar_name
        on finding.index_code = pillar_name.index_code and split_part(finding.subject, '/', 2) = pillar_name.pillar
)

select
    version_id,
    finding_id,
    {{ filled('message_vi', {
        'where': 'where_vi',
        'unit': 'unit',
        'field': 'field_vi',
        'occurrences': 'occurrences',
        'difference': "replace(difference, '.', ',')",
        'reason_vi': 'reason_vi',
        'detail': "replace(detail, '.', ',')",
        'scale_vi': "'từ ' || replace(split_part(detail, '|', 1), '.', ',') || " ~ up_to('trở lên', 'đến', "replace(split_part(detail, '|', 2), '.', ',')"),
        'column_units': "split_part(detail, '|', 1)",
        'likely_vi': "'; có lẽ là cột “' || " ~ behind_mark('detail') ~ " || '”, tiêu đề chưa biết'",
        'missed_vi': "'; ' || split_part(detail, '|', 1)",
        'detail_vi': "coalesce('; ' || reason_vi, '; gần nhất là ' || detail)",
        'expected_vi': "', trong khi quyết định ghi “' || " ~ written_vi('expected') ~ " || '”'",
        'stated_count': "coalesce('mới nêu ' || stated || ' đơn vị', 'chưa nêu đơn vị này')",
        'expected_count': "case expected when 'reported' then 'đơn vị này' else expected || ' đơn vị' end",
        'stated_level': level_words('stated', 'vi'),
        'expected_level': level_words('expected', 'vi'),
        'subject_level': level_words('subject_level', 'vi'),
        'subject_threshold_vi': "'mức ' || subject_level || ' của ' || subject_pillar_vi",
        'stated': written_vi('stated'),
        'expected': written_vi('expected'),
    }) }} as message_vi,
    {{ filled('message_en', {
        'where': 'where_en',
        'unit': 'unit',
        'field': 'field_en',
        'occurrences': 'occurrences',
        'difference': 'difference',
        'reason_en': 'reason_en',
        'detail': 'detail',
        'scale_en': "'from ' || split_part(detail, '|', 1) || " ~ up_to('up', 'to', "split_part(detail, '|', 2)"),
        'column_units': "split_part(detail, '|', 1)",
        'likely_en': "'; likely it is the column “' || " ~ behind_mark('detail') ~ " || '”, whose header is not known'",
        'missed_en': "'; ' || split_part(detail, '|', 2)",
        'detail_en': "coalesce('; ' || reason_en, '; the nearest are ' || detail)",
        'expected_en': "', the decision is “' || expected || '”'",
        'stated_count': "coalesce(stated || ' units', 'no such unit')",
        'expected_count': "case expected when 'reported' then 'this unit' else expected || ' units' end",
        'stated_level': level_words('stated', 'en'),
        'expected_level': level_words('expected', 'en'),
        'subject_level': level_words('subject_level', 'en'),
        'subject_threshold_en': "'the threshold of level ' || subject_level || ' for ' || subject_pillar_en",
        'stated': 'stated',
        'expected': 'expected',
    }) }} as message_en
from worded
