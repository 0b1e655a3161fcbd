with bound as (
    select
        row_id,
        field,
        least_figure,
        most_figure
    from {{ ref('int_row_figure') }}
),

checked as (
    select
        cell.*,
        bound.least_figure,
        bound.most_figure,
        cell.figure between bound.least_figure and coalesce(bound.most_figure, cell.figure) as is_within
    from {{ ref('int_version_cell') }} as cell
    inner join bound on cell.row_id = bound.row_id and cell.field = bound.field
    where cell.is_checked and cell.figure is not null
)

{{ check_result(
    'checked', stated='figure', expected='case when is_within then figure end', detail="case when not is_within then " ~ plain('least_figure') ~ " || '|' || coalesce(" ~ plain('most_figure') ~ ", '') end", is_passed='is_within'
) }}
