{#- The checks, by what they compare: figures (DECIMAL) or words. Each is the name of a model in models/judged and of a row of
    expectations/checks.csv; a test compares the three lists. -#}
{% macro judged_models() -%}
{{ return({
    'annex_missing': 'words',
    'cell_damaged': 'words',
    'cell_missing': 'words',
    'cell_unclear': 'words',
    'citation_differs': 'words',
    'column_unknown': 'words',
    'file_unreadable': 'words',
    'header_differs': 'words',
    'hidden_repeated': 'words',
    'level_differs': 'words',
    'not_a_number': 'words',
    'numbering_broken': 'figures',
    'parent_differs': 'words',
    'rank_differs': 'figures',
    'row_quarantined': 'words',
    'scanned_text': 'words',
    'score_out_of_range': 'figures',
    'shown_rounded': 'words',
    'struck_out': 'words',
    'submissions_differ': 'words',
    'summary_count_differs': 'figures',
    'summary_denominator_differs': 'figures',
    'summary_name_differs': 'words',
    'summary_row_missing': 'words',
    'threshold_differs': 'figures',
    'total_differs': 'figures',
    'unit_duplicated': 'words',
    'unit_expected_missing': 'words',
    'unit_name_variant': 'words',
    'unit_unknown': 'words',
}) }}
{%- endmacro %}


{#- What every judged table says of where a fact stands, in this order; `cell` is a relation that has these columns. -#}
{% macro address(cell='cell') -%}
{% for column in [
    'edition_id', 'submission_id', 'tier', 'unit_key', 'unit_code', 'unit_name', 'written_name', 'field', 'annex', 'position',
    'page_or_sheet', 'table_number', 'row_number', 'column_number', 'column_name', 'cell', 'occurrences',
] -%}
{{ cell }}.{{ column }}{{ ',' if not loop.last }}
{% endfor %}
{%- endmacro %}


{#- What every judged table says of the fact, after its address. `stated` and `expected` are equal where it holds: a
    publisher's tolerance and missing values are settled by the model. `detail` fills a sentence; see checks.csv. -#}
{% macro judgement(subject="''", stated='stated', expected='expected', difference='null', materiality='null', reason='null', detail='null', holds='stated is not distinct from expected') -%}
{{ subject }} as subject,
    {{ stated }} as stated,
    {{ expected }} as expected,
    cast({{ difference }} as decimal(18, 9)) as difference,
    cast({{ materiality }} as varchar) as materiality,
    cast({{ reason }} as varchar) as reason,
    cast({{ detail }} as varchar) as detail,
    {{ holds }} as holds
{%- endmacro %}


{#- The judged table of one kind of doubt about the reading: each is a finding. -#}
{% macro judged_doubts(code, stated='doubt.stored') -%}
select
    {{ address('doubt') }},
    {{ judgement(
        subject='doubt.subject', stated=stated, expected='cast(null as varchar)', reason='doubt.reason',
        detail='doubt.shown', holds='false'
    ) }}
from {{ ref('int_doubt') }} as doubt
where doubt.code = '{{ code }}'
{%- endmacro %}
