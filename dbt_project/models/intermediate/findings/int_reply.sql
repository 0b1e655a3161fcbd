with known as (
    select finding_id, max(assessment_key) as assessment_key from {{ ref('int_finding') }}
    group by 1
)

select
    reply.submission_id,
    known.assessment_key,
    reply.page_or_sheet,
    reply.table_number,
    reply.row_number,
    reply.finding_id,
    reply.reply,
    reply.text,
    reply.proposed,
    reply.figures,
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
from {{ source('landing', 'replies') }} as reply
inner join {{ ref('int_file') }} as submission on reply.submission_id = submission.submission_id
left join known on reply.finding_id = known.finding_id
