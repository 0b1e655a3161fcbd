{#- The checks, by what they compare: figures (DECIMAL) or words. Each is the name of a model in models/judged and of a row of
    expectations/checks.csv; a test compares the three lists. -#}
{% macro judged_models() -%}
{{ return({
    'cell_damaged': 'words',
    'cell_missing': 'words',
    'citation_differs': 'words',
    'column_unknown': 'words',
    'file_unreadable': 'words',
    'level_differs': 'words',
    'not_a_number': 'words',
    'numbering_broken': 'figures',
    'parent_differs': 'words',
    'rank_differs': 'figures',
    'row_quarantined': 'words',
    'score_out_of_range': 'figures',
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
