{#- The checks, by what they compare: figures (DECIMAL) or words. Each is the name of a model in models/checks and of a row of
    expectations/checks.csv; a test compares the three lists. -#}
{% macro checks_by_model() -%}
{{ return({
    'annex_missing': 'words',
    'cell_damaged': 'words',
    'cell_missing': 'words',
    'cell_unclear': 'words',
    'citation_differs': 'words',
    'column_missing': 'words',
    'column_unknown': 'words',
    'file_unreadable': 'words',
    'header_differs': 'words',
    'hidden_repeated': 'words',
    'index_ambiguous': 'words',
    'level_differs': 'words',
    'not_a_number': 'words',
    'numbering_broken': 'figures',
    'parent_differs': 'words',
    'province_ambiguous': 'words',
    'province_unknown': 'words',
    'rank_differs': 'figures',
    'restated_differs': 'figures',
    'row_quarantined': 'words',
    'rule_missing': 'words',
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
    'unit_left_out': 'words',
    'unit_name_variant': 'words',
    'unit_unknown': 'words',
    'year_differs': 'figures',
}) }}
{%- endmacro %}


{#- What every check says of where a fact stands, in this order; `cell` is a relation that has these columns. -#}
{% macro address(cell='cell') -%}
{% for column in address_columns() -%}
{{ cell }}.{{ column }}{{ ',' if not loop.last }}
{% endfor %}
{%- endmacro %}


{% macro address_columns() -%}
{{ return([
    'version_id', 'submission_id', 'tier', 'unit_key', 'unit_code', 'unit_name', 'written_name', 'written_parent', 'field',
    'annex', 'position', 'page_or_sheet', 'table_number', 'row_number', 'column_number', 'column_name', 'cell', 'occurrences',
]) }}
{%- endmacro %}


{#- A check's table: one row per version and fact. `checked` has the columns of an address, the first places first by
    `place_order`, where the model has one. stated and expected are equal where the fact passes: a publisher's tolerance
    and missing values are settled by the model. What a document says in several rows of one unit, or of one unknown name
    under one parent, is one fact, and counted. `detail` fills a sentence; see checks.csv. -#}
{% macro check_result(checked, subject="''", stated='stated', expected='expected', difference='null', materiality='null', reason='null', detail='null', is_passed=none, place_order='position') -%}
{%- set fact -%}
select
            {{ address(checked) }},
            {{ subject }} as subject,
            coalesce(
                unit_code, {{ name_key('written_name') }} || case when written_parent is not null then '|' || {{ name_key('written_parent') }} else '' end, ''
            ) as fact_name,
            {{ stated }} as stated,
            {{ expected }} as expected,
            cast({{ difference }} as decimal(38, 18)) as difference,
            cast({{ materiality }} as string) as materiality,
            cast({{ reason }} as string) as reason,
            cast({{ detail }} as string) as detail,
            {{ is_passed or '(' ~ stated ~ ') is not distinct from (' ~ expected ~ ')' }} as is_passed,
            {{ place_order }} as place_order
        from {{ checked }}
{%- endset -%}
{%- set said = ['subject', 'fact_name', 'stated', 'expected', 'difference', 'materiality', 'reason', 'detail'] -%}
{{ each_fact_once(
    fact, address_columns() + said, 'version_id, tier, fact_name, field, subject',
    'submission_id, annex nulls first, place_order nulls last, row_number nulls last, column_number nulls last'
) }}
{%- endmacro %}


{#- The address of a statement of the summary annex, as every check gives it. -#}
{% macro summary_address() %}
        statement.submission_id,
        unit.tier,
        statement.written_unit as written_name,
        cast(null as string) as written_parent,
        'summary' as field,
        statement.annex,
        statement.position,
        statement.page_or_sheet,
        statement.table_number,
        statement.row_number,
        statement.column_number,
        cast(null as string) as column_name,
        statement.cell,
        1 as occurrences
{%- endmacro %}


{#- The address of what is about no unit and stands in no row. -#}
{% macro no_unit() %}
        cast(null as string) as tier,
        cast(null as string) as unit_key,
        cast(null as string) as unit_code,
        cast(null as string) as unit_name,
        cast(null as string) as written_name,
        cast(null as string) as written_parent,
        cast(null as integer) as position,
        cast(null as string) as column_name
{%- endmacro %}


{#- The place of what stands at none: a file as a whole, a unit that no row is of. -#}
{% macro no_place() %}
        cast(null as string) as annex,
        cast(null as integer) as position,
        cast(null as string) as page_or_sheet,
        cast(null as integer) as table_number,
        cast(null as integer) as row_number,
        cast(null as integer) as column_number,
        cast(null as string) as column_name,
        cast(null as string) as cell,
        1 as occurrences
{%- endmacro %}


{#- The address of a file as a whole; `file` has version_id, submission_id, file_name and sender. -#}
{% macro file_address(file) %}
        {{ file }}.version_id,
        {{ file }}.submission_id,
        cast(null as string) as tier,
        cast(null as string) as unit_key,
        cast(null as string) as unit_code,
        cast(null as string) as unit_name,
        {{ file }}.file_name as written_name,
        {{ file }}.sender as written_parent,
        'file' as field,
        {{- no_place() }}
{%- endmacro %}


{#- The check of one kind of doubt about the reading: each is a finding. -#}
{% macro check_doubt(code, stated='stored', materiality='null') -%}
with checked as (
    select * from {{ ref('int_doubt') }}
    where code = '{{ code }}'
)

{{ check_result(
    'checked', subject='subject', stated=stated, expected='cast(null as string)', materiality=materiality, reason='reason',
    detail='shown', is_passed='false'
) }}
{%- endmacro %}
