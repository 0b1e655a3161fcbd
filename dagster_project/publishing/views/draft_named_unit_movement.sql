{% set movement = 'draft_unit_movement' %}
{% set result = 'draft_unit_result' %}
{% include 'named_unit_movement.sql' %}
