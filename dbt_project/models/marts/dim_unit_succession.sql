{{ config(alias='unit_succession') }}

select
    predecessor_code,
    successor_code,
    effective_on,
    kind,
    legal_basis,
    tier,
    predecessor_key,
    successor_key,
    source
from {{ ref('stg_registry__succession') }}
