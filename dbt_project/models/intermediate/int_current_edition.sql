-- The last edition of each index, year, kind and province.
select * from {{ ref('int_edition') }}
where known_to is null
