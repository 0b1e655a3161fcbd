-- Every answered row of the reply workbooks, with what the ledger says where the workbook says nothing. reason: why it
-- answers nothing; null where it does.
with known as (
    select distinct finding_id from {{ ref('int_finding') }}
)

select
    reply.submission_id,
    reply.page_or_sheet,
    reply.table_number,
    reply.row_number,
    reply.finding_id,
    reply.reply,
    reply.text,
    reply.proposed,
    coalesce(reply.replied_by, submission.sender) as replied_by,
    coalesce(reply.replied_on, submission.received_on) as replied_on,
    row_number() over (
        partition by reply.finding_id, known.finding_id is not null and reply.reply is not null
        order by submission.received_on desc nulls last, submission.ledger_order desc, reply.reply_order desc
    ) = 1 as is_latest,
    concat_ws(
        ' | ', reply.finding_id, reply.written_kind, reply.text, reply.proposed, reply.replied_by, reply.written_day
    ) as cells,
    case
        when known.finding_id is null then 'finding_unknown'
        when reply.reply is null then 'reply_unknown'
    end as reason
from {{ ref('stg_landing__replies') }} as reply
inner join {{ ref('stg_landing__submissions') }} as submission using (submission_id)
left join known using (finding_id)
