-- The last edition of each index, year, kind and province: what is believed now.
select * from {{ ref('int_edition') }}
where known_to is null
