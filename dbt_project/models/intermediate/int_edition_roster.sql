-- The units that an edition should be about, and what became of each: one row per edition and unit of the official list of
-- its year and province, in the tiers that the edition speaks of.
--   scored        the edition takes a row of it
--   counted_only  the summary counts its parent's rest among those not eligible, and the rest are no more than it counts
--   missing       neither; also a row that its publisher left wholly out (is_absent_row)
with spoken_of as (
    select distinct
        edition_id,
        tier
    from {{ ref('int_edition_unit') }}
    union
    select distinct
        summary.edition_id,
        unit.tier
    from {{ ref('int_summary_level') }} as summary
    inner join {{ ref('int_edition') }} as edition using (edition_id)
    inner join {{ ref('int_unit_year') }} as unit on edition.year = unit.year and summary.unit_code = unit.parent_code
),

listed as (
    select
        edition.edition_id,
        unit.unit_key,
        unit.unit_code,
        unit.unit_name,
        unit.tier,
        unit.parent_code,
        unit.province_code,
        unit.depth
    from {{ ref('int_edition') }} as edition
    inner join spoken_of using (edition_id)
    inner join {{ ref('int_unit_year') }} as unit
        on
            edition.year = unit.year
            and spoken_of.tier = unit.tier
            and (edition.province_code is null or edition.province_code = unit.province_code)
),

reported as (
    select
        listed.*,
        unit.row_id,
        unit.submission_id,
        coalesce(stated.is_absent_row, false) as is_absent_row,
        count(*) filter (where unit.row_id is null) over (partition by listed.edition_id, listed.parent_code) as rest
    from listed
    left join {{ ref('int_edition_unit') }} as unit using (edition_id, unit_key)
    left join {{ ref('int_row_stated') }} as stated using (row_id)
),

counted as (
    select edition_id, unit_code as parent_code, stated as units from {{ ref('int_summary_level') }}
    where level = 'unranked' and stated is not null
),

-- Rows in quarantine under a parent: each is one of the rest.
unresolved as (
    select
        edition_id,
        parent_code,
        count(*) as units
    from {{ ref('int_edition_quarantine') }}
    where parent_code is not null
    group by all
)

select
    reported.*,
    counted.units as counted,
    case
        when reported.row_id is not null and not reported.is_absent_row then 'scored'
        when reported.row_id is null and reported.rest <= counted.units + coalesce(unresolved.units, 0) then 'counted_only'
        else 'missing'
    end as result_status
from reported
left join counted using (edition_id, parent_code)
left join unresolved using (edition_id, parent_code)
