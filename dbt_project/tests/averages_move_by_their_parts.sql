-- average − previous_average = stayed + entered + left_out, exactly; the parts are known where any unit is in both years.
select * from {{ ref('agg_average_movement') }}
where
    (units_in_both > 0 and average - previous_average is distinct from stayed + entered + left_out)
    or (units_in_both > 0) <> (stayed is not null)
    or (stayed is null) <> (entered is null)
    or (stayed is null) <> (left_out is null)
