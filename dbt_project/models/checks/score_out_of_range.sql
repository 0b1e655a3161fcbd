with bound as (
    select
        row_id,
        field,
        coalesce(max_figure, max_total) as max_figure
    from {{ ref('int_row_figure') }}
),

checked as (
    select
        cell.*,
        bound.max_figure,
        cell.figure between 0 and coalesce(bound.max_figure, cell.figure) as is_within
    from {{ ref('int_version_cell') }} as cell
    inner join bound on cell.row_id = bound.row_id and cell.field = bound.field
    where cell.is_checked and cell.figure is not null
)

{{ check_result(
    'checked', stated='figure', expected='case when is_within then figure end', detail=plain('max_figure'), is_passed='is_within'
) }}
