{#- One syllable in two spellings: the tone mark on the first of two vowels, or on the second. -#}
{% macro tone_places() -%}
{{ return([
    ('òa', 'oà'), ('óa', 'oá'), ('ỏa', 'oả'), ('õa', 'oã'), ('ọa', 'oạ'),
    ('òe', 'oè'), ('óe', 'oé'), ('ỏe', 'oẻ'), ('õe', 'oẽ'), ('ọe', 'oẹ'),
    ('ùy', 'uỳ'), ('úy', 'uý'), ('ủy', 'uỷ'), ('ũy', 'uỹ'), ('ụy', 'uỵ'),
]) }}
{%- endmacro %}


{#- Characters that are blanks, for a pattern. -#}
{% macro blanks() -%}
\x{20}\t\n\f\r\x{00A0}
{%- endmacro %}


{#- How names are compared. Two names are the same when their keys are equal: case, spaces, punctuation, the place of
    the tone mark (hòa, hoà) and i or y (Quí, Quý) make no difference; every letter and tone does. -#}

{% macro name_key(name) -%}
{#- Each syllable stands between its own two spaces, so that one pattern finds neighbours too. -#}
{%- set key = namespace(sql=replaced('lower(' ~ name ~ ')', '[\\x{200B}-\\x{200F}\\x{202A}-\\x{202E}\\x{2060}\\x{FEFF}\\x{27}’]', '')) -%}
{%- set key.sql = replaced(key.sql, '[' ~ blanks() ~ '.,;:/()–—-]+', '  ') -%}
{%- for old, new in tone_places() -%}
    {%- set key.sql = "replace(" ~ key.sql ~ ", '" ~ old ~ "', '" ~ new ~ "')" -%}
{%- endfor -%}
{%- set key.sql = "'  ' || " ~ key.sql ~ " || '  '" -%}
{%- for y, i in [('y', 'i'), ('ỳ', 'ì'), ('ý', 'í'), ('ỷ', 'ỉ'), ('ỹ', 'ĩ'), ('ỵ', 'ị')] -%}
    {%- set key.sql = replaced(key.sql, ' (h|k|kh|l|m|n|qu|s|t|v)' ~ y ~ ' ', ' \\1' ~ i ~ ' ') -%}
{%- endfor -%}
{#- 'Phường 01' is Phường 1. -#}
trim({{ replaced(replaced(key.sql, ' 0+([1-9])', ' \\1'), ' +', ' ') }})
{%- endmacro %}


{#- A key that is quick to make of a whole country's names: case and the place of the tone mark make no difference. Takes
    single spaces. -#}
{% macro quick_key(name) -%}
{%- set key = namespace(sql='lower(' ~ name ~ ')') -%}
{%- for old, new in tone_places() -%}
    {%- set key.sql = 'replace(' ~ key.sql ~ ", '" ~ old ~ "', '" ~ new ~ "')" -%}
{%- endfor -%}
{{ key.sql }}
{%- endmacro %}


{#- A cell's words as one line: single spaces, none at the ends. -#}
{% macro single_spaced(text) -%}
trim({{ replaced(text, '[' ~ blanks() ~ ']+', ' ') }})
{%- endmacro %}


{#- A key without tones and diacritics: 'tiên đức' and 'tiến đức' are both 'tien duc'. Takes a name_key. -#}
{% macro folded(key) -%}
replace({{ unmarked(key) }}, 'đ', 'd')
{%- endmacro %}


{#- Whether a written key is an official key that has lost tones or marks and nothing else: each letter is the official one,
    or that without its tone, or without its mark, or without both. Both keys have the same length. -#}
{% macro has_only_lost_marks(written_key, official_key) -%}
{%- set toneless = "translate(" ~ official_key ~ ", 'àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ', 'aaaaaăăăăăâââââeeeeeêêêêêiiiiioooooôôôôôơơơơơuuuuuưưưưưyyyyy')" -%}
{%- set hatless = "translate(" ~ official_key ~ ", 'ăằắẳẵặâầấẩẫậêềếểễệôồốổỗộơờớởỡợưừứửữựđ', 'aàáảãạaàáảãạeèéẻẽẹoòóỏõọoòóỏõọuùúủũụd')" -%}
{{ each_letter_is_of(written_key, [official_key, toneless, hatless, folded(official_key)]) }}
{%- endmacro %}


{#- Whether one key may be the other with a single slip of the pen: all syllables equal but one, and in that one no more
    than a letter, whatever its marks. -#}
{% macro is_a_slip_of(written_key, official_key) -%}
{%- set apart = words_apart(written_key, official_key) -%}
coalesce(
    {{ how_many(apart) }} = 1
    and {{ are_a_slip_apart(folded(first_word_apart(apart, 1)), folded(first_word_apart(apart, 2))) }},
    false
)
{%- endmacro %}


{#- One identity per name as written: the same text in the same index, year and province asks the same question.
    `use` is 'unit' or 'parent'. -#}
{% macro mention_id(use, written_name) -%}
md5(concat_ws('|', index_code, year, coalesce(province_code, ''), {{ "'" ~ use ~ "'" }}, {{ written_name }}))
{%- endmacro %}


{#- The one unit that is meant, if exactly one is: `asked` has mention_id, parent_code (null: not stated), written_parent
    (what stands for it, which an alias may ask for) and tier (null: not known). The first kind of match under which any
    unit stands decides, and only where a single one stands. An exact name under another parent than the stated one comes
    last, as `elsewhere`, and not where the stated parent has a unit of nearly that name: then nobody knows whether the
    name or the parent is wrong. -#}
{% macro certain_unit(asked) %}
    select
        mention_id,
        parent_code,
        written_parent,
        tier,
        unit_key,
        match_kind
    from (
        select
            *,
            min(order_of_trust) over (partition by mention_id, parent_code, written_parent, tier) as most_trusted,
            count(*) over (partition by mention_id, parent_code, written_parent, tier, order_of_trust) as as_trusted
        from (
            select
                asked.mention_id,
                asked.parent_code,
                asked.written_parent,
                asked.tier,
                candidate.unit_key,
                case
                    when candidate.unit_parent_code = asked.parent_code or asked.parent_code is null then candidate.match_kind
                    else 'elsewhere'
                end as match_kind,
                case
                    when candidate.unit_parent_code = asked.parent_code or asked.parent_code is null then candidate.order_of_trust
                    else 9
                end as order_of_trust
            from {{ asked }} as asked
            inner join {{ ref('int_candidate') }} as candidate on asked.mention_id = candidate.mention_id
            where
                (candidate.unit_parent_code = asked.parent_code or asked.parent_code is null or candidate.match_kind = 'exact')
                and case
                    when candidate.alias_parent is null then true
                    else coalesce({{ name_key('candidate.alias_parent') }} = {{ name_key('asked.written_parent') }}, false)
                end
                and (
                    candidate.unit_parent_code = asked.parent_code
                    or asked.parent_code is null
                    or not exists (
                        select 1 from {{ ref('int_unit_year') }} as near
                        where
                            candidate.unit_parent_code is distinct from asked.parent_code
                            and near.year = candidate.year
                            and near.parent_code = asked.parent_code
                            and {{ are_a_slip_apart("replace(near.bare_fold, ' ', '')", "replace(candidate.bare_fold, ' ', '')") }}
                    )
                )
                and (asked.tier is null or candidate.is_typed or asked.tier = candidate.unit_tier)
        ) as trusted
    ) as weighed
    where order_of_trust = most_trusted and as_trusted = 1
{% endmacro %}


{#- What two ways of writing a decision's number have in common: '05/QĐ-UBND' is '5/qđ-ubnd'. -#}
{% macro decision_key(number) -%}
ltrim(upper({{ number }}), '0')
{%- endmacro %}
