{% set result = 'draft_unit_result' %}
{% set distance = 'draft_level_distance' %}
{% include 'named_unit_result.sql' %}
