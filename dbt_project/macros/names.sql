{#- How names are compared. Two names are the same when their keys are equal: case, spaces, punctuation, the place of
    the tone mark (hòa, hoà) and i or y (Quí, Quý) make no difference; every letter and tone does. -#}

{% macro name_key(name) -%}
{%- set placed = [
    ('òa', 'oà'), ('óa', 'oá'), ('ỏa', 'oả'), ('õa', 'oã'), ('ọa', 'oạ'),
    ('òe', 'oè'), ('óe', 'oé'), ('ỏe', 'oẻ'), ('õe', 'oẽ'), ('ọe', 'oẹ'),
    ('ùy', 'uỳ'), ('úy', 'uý'), ('ủy', 'uỷ'), ('ũy', 'uỹ'), ('ụy', 'uỵ'),
] -%}
{#- Each syllable stands between its own two spaces, so that one pattern finds neighbours too. -#}
{%- set key = "'  ' || replace(regexp_replace(regexp_replace(lower(nfc_normalize(" ~ name ~ ")), '[\\x{200B}-\\x{200F}\\x{202A}-\\x{202E}\\x{2060}\\x{FEFF}''’]', '', 'g'), '[\\s\\x{00A0}.,;:/()–—-]+', ' ', 'g'), ' ', '  ') || '  '" -%}
{%- for old, new in placed -%}
    {%- set key = "replace(" ~ key ~ ", '" ~ old ~ "', '" ~ new ~ "')" -%}
{%- endfor -%}
{%- for y, i in [('y', 'i'), ('ỳ', 'ì'), ('ý', 'í'), ('ỷ', 'ỉ'), ('ỹ', 'ĩ'), ('ỵ', 'ị')] -%}
    {%- set key = "regexp_replace(" ~ key ~ ", ' (h|k|kh|l|m|n|qu|s|t|v)" ~ y ~ " ', ' \\1" ~ i ~ " ', 'g')" -%}
{%- endfor -%}
{#- 'Phường 01' is Phường 1. -#}
trim(regexp_replace(regexp_replace({{ key }}, ' 0+([1-9])', ' \1', 'g'), '\s+', ' ', 'g'))
{%- endmacro %}


{#- A key without tones and diacritics: 'tiên đức' and 'tiến đức' are both 'tien duc'. Takes a name_key. -#}
{% macro folded(key) -%}
replace(strip_accents({{ key }}), 'đ', 'd')
{%- endmacro %}
