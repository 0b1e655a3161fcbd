-- More never costs a place and less never gains one; none is better than the first or worse than the last.
select unit_key, year from {{ ref('fct_rank_robustness') }}
where
    rank_a_step_up not between 1 and rank_in_province
    or rank_a_step_down not between rank_in_province and units_ranked
