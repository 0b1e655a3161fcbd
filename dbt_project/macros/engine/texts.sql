{#- Texts: patterns, letters, lists of words. See `rows.sql` for what this folder is. -#}

{#- A text with every place that fits a pattern put otherwise; \1 is the pattern's first group. Spark writes $1, and of '$1i' Sail
    takes the 'i' for a part of the name: a letter that no text has stands between, and goes. Patterns name their characters, no
    classes: \s and \d are more to Sail than to the others. -#}
{% macro replaced(text, pattern, by) -%}
{{ adapter.dispatch('replaced')(text, pattern, by) }}
{%- endmacro %}

{% macro duckdb__replaced(text, pattern, by) -%}
regexp_replace({{ text }}, '{{ pattern }}', '{{ by }}', 'g')
{%- endmacro %}

{% macro spark__replaced(text, pattern, by) -%}
{%- if '\\' in by -%}
replace(regexp_replace({{ text }}, r'{{ pattern }}', '{{ modules.re.sub('[\\\\]([0-9])', '$\\1\x02', by) }}'), {{ "'\x02'" }}, '')
{%- else -%}
regexp_replace({{ text }}, r'{{ pattern }}', '{{ by }}')
{%- endif -%}
{%- endmacro %}


{#- Whether a text begins with another. -#}
{% macro begins_with(text, start) -%}
{{ adapter.dispatch('begins_with')(text, start) }}
{%- endmacro %}

{% macro duckdb__begins_with(text, start) -%}
starts_with({{ text }}, {{ start }})
{%- endmacro %}

{% macro spark__begins_with(text, start) -%}
startswith({{ text }}, {{ start }})
{%- endmacro %}


{#- A text of small letters without tones and diacritics. Spark has no function for it: these are the Latin letters that have. -#}
{% macro unmarked(text) -%}
{{ adapter.dispatch('unmarked')(text) }}
{%- endmacro %}

{% macro duckdb__unmarked(text) -%}
strip_accents({{ text }})
{%- endmacro %}

{% macro spark__unmarked(text) -%}
translate(
    {{ text }},
    'àáâãäåçèéêëìíîïñòóôõöùúûüýÿāăąćĉċčďēĕėęěĝğġģĥĩīĭįĵķĺļľńņňōŏőŕŗřśŝşšţťũūŭůűųŵŷźżžơưǎǐǒǔǖǘǚǜǟǡǣǧǩǫǭǯǰǵǹǻǽǿȁȃȅȇȉȋȍȏȑȓȕȗșțȟȧȩȫȭȯȱȳḁḃḅḇḉḋḍḏḑḓḕḗḙḛḝḟḡḣḥḧḩḫḭḯḱḳḵḷḹḻḽḿṁṃṅṇṉṋṍṏṑṓṕṗṙṛṝṟṡṣṥṧṩṫṭṯṱṳṵṷṹṻṽṿẁẃẅẇẉẋẍẏẑẓẕẖẗẘẙẛạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ',
    'aaaaaaceeeeiiiinooooouuuuyyaaaccccdeeeeegggghiiiijklllnnnooorrrssssttuuuuuuwyzzzouaiouuuuuaaægkooʒjgnaæøaaeeiioorruusthaeooooyabbbcdddddeeeeefghhhhhiikkkllllmmmnnnnoooopprrrrsssssttttuuuuuvvwwwwwxxyzzzhtwyſaaaaaaaaaaaaeeeeeeeeiioooooooooooouuuuuuuyyyy'
)
{%- endmacro %}


{#- How many letters must be typed otherwise, put in or left out. -#}
{% macro letters_apart(one, other) -%}
levenshtein({{ one }}, {{ other }})
{%- endmacro %}


{#- Whether two texts are a slip of the pen apart: one letter, or two neighbours changed about. Spark does not know the latter. -#}
{% macro are_a_slip_apart(one, other) -%}
{{ adapter.dispatch('are_a_slip_apart')(one, other) }}
{%- endmacro %}

{% macro duckdb__are_a_slip_apart(one, other) -%}
damerau_levenshtein({{ one }}, {{ other }}) <= 1
{%- endmacro %}

{% macro spark__are_a_slip_apart(one, other) -%}
(
    levenshtein({{ one }}, {{ other }}) <= 1
    or exists(
        sequence(1, greatest(length({{ one }}) - 1, 1)),
        i -> concat(
            substr({{ one }}, 1, i - 1), substr({{ one }}, i + 1, 1), substr({{ one }}, i, 1), substr({{ one }}, i + 2)
        ) = {{ other }}
    )
)
{%- endmacro %}


{#- The texts of a list as one text. -#}
{% macro strung(texts, separator) -%}
{{ adapter.dispatch('strung')(texts, separator) }}
{%- endmacro %}

{% macro duckdb__strung(texts, separator) -%}
array_to_string({{ texts }}, '{{ separator }}')
{%- endmacro %}

{% macro spark__strung(texts, separator) -%}
array_join({{ texts }}, '{{ separator }}')
{%- endmacro %}


{#- The first text of a list that is not empty; null where there is none. Sail 0.7.2 does not always find a column that a lambda is
    to filter ("No field named"), so it is none there. -#}
{% macro first_text(texts) -%}
{{ adapter.dispatch('first_text')(texts) }}
{%- endmacro %}

{% macro duckdb__first_text(texts) -%}
list_filter({{ texts }}, lambda text: text <> '')[1]
{%- endmacro %}

{% macro spark__first_text(texts) -%}
get(array_remove(array_compact({{ texts }}), ''), 0)
{%- endmacro %}


{#- Whether each letter of a text is one of those that stand in its place in the other texts. -#}
{% macro each_letter_is_of(text, others) -%}
{{ adapter.dispatch('each_letter_is_of')(text, others) }}
{%- endmacro %}

{% macro duckdb__each_letter_is_of(text, others) -%}
list_bool_and(list_transform(
    range(1, length({{ text }}) + 1),
    lambda i: substr({{ text }}, i, 1) in ({% for other in others %}substr({{ other }}, i, 1){{ ', ' if not loop.last }}{% endfor %})
))
{%- endmacro %}

{% macro spark__each_letter_is_of(text, others) -%}
forall(
    sequence(1, greatest(length({{ text }}), 1)),
    i -> substr({{ text }}, i, 1) in ({% for other in others %}substr({{ other }}, i, 1){{ ', ' if not loop.last }}{% endfor %})
)
{%- endmacro %}


{#- The words in which two texts differ, place by place: how many, and the first of them in either text. -#}
{% macro words_apart(one, other) -%}
{{ adapter.dispatch('words_apart')(one, other) }}
{%- endmacro %}

{% macro duckdb__words_apart(one, other) -%}
list_filter(list_zip(string_split({{ one }}, ' '), string_split({{ other }}, ' ')), lambda pair: pair[1] is distinct from pair[2])
{%- endmacro %}

{% macro spark__words_apart(one, other) -%}
filter(arrays_zip(split({{ one }}, ' '), split({{ other }}, ' ')), pair -> pair.`0` is distinct from pair.`1`)
{%- endmacro %}

{% macro first_word_apart(apart, of_which) -%}
{{ adapter.dispatch('first_word_apart')(apart, of_which) }}
{%- endmacro %}

{% macro duckdb__first_word_apart(apart, of_which) -%}
{{ apart }}[1][{{ of_which }}]
{%- endmacro %}

{% macro spark__first_word_apart(apart, of_which) -%}
get({{ apart }}, 0).`{{ of_which - 1 }}`
{%- endmacro %}


{#- A day as both languages write it: 01/11/2024. -#}
{% macro written_day(day) -%}
{{ adapter.dispatch('written_day')(day) }}
{%- endmacro %}

{% macro duckdb__written_day(day) -%}
strftime({{ day }}, '%d/%m/%Y')
{%- endmacro %}

{% macro spark__written_day(day) -%}
date_format({{ day }}, 'dd/MM/yyyy')
{%- endmacro %}


{#- How many elements a list has. -#}
{% macro how_many(list) -%}
{{ adapter.dispatch('how_many')(list) }}
{%- endmacro %}

{% macro duckdb__how_many(list) -%}
length({{ list }})
{%- endmacro %}

{% macro spark__how_many(list) -%}
size({{ list }})
{%- endmacro %}
