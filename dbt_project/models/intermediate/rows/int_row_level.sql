with total as (
    select * from {{ ref('int_row_basis_total') }}
),

rule as (
    select * from {{ ref('int_rule_level') }}
)

{{ reached_level('total', 'rule', keys=['row_id', 'corrections', 'basis'], on=['index_code', 'year', 'tier']) }}
