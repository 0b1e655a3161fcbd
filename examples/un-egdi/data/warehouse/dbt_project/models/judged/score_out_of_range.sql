-- Each score and stated total beside 0 and its maximum, where one is known: the component's own, else the pillar's.
with bound as (
    select
        row_id,
        field,
        coalesce(max_figure, max_total) as max_figure
    from {{ ref('int_row_figure') }}
),

judged as (
    select
        cell.*,
        bound.max_figure,
        cell.figure between 0 and coalesce(bound.max_figure, cell.figure) as is_within
    from {{ ref('int_edition_cell') }} as cell
    inner join bound using (row_id, field)
    where cell.is_judged and cell.figure is not null
)

select
    {{ address('judged') }},
    {{ judgement(stated='figure', expected='case when is_within then figure end', detail=plain('max_figure'), holds='is_within') }}
from judged
