-- The statements of the summary annexes that an edition shows, with the unit that each is about.
select
    annex.edition_id,
    statement.*
from {{ ref('int_statement') }} as statement
inner join {{ ref('int_edition_annex') }} as annex
    on statement.submission_id = annex.submission_id and statement.annex is not distinct from annex.annex
