with fixed (term, code, name_vi, name_en) as (
    values
    ('level', 'unranked', 'Không đủ điều kiện xếp hạng', 'Not eligible'),
    ('level', 'missing', 'Không có kết quả', 'No result'),
    ('level', 'entered', 'Mới có trong danh sách', 'New on the list'),
    ('level', 'left', 'Không còn trong danh sách', 'No longer on the list'),
    ('level', 'merged', 'Hợp nhất, sáp nhập', 'Merged'),
    ('result_status', 'scored', 'Có điểm', 'Scored'),
    ('result_status', 'counted_only', 'Chỉ được thống kê, không có điểm', 'Counted without scores'),
    ('result_status', 'missing', 'Không có kết quả', 'No result'),
    ('comparison', 'first_year', 'Năm đầu tiên có điểm', 'First scored year'),
    ('comparison', 'merged', 'Đơn vị hình thành do sáp nhập', 'Made by a merger'),
    ('comparison', 'split', 'Đơn vị hình thành do chia tách', 'Made by a division'),
    ('comparison', 'rule_changed', 'Quy định chấm điểm đã thay đổi', 'The rule changed'),
    ('comparison', 'same_unit', 'Cùng đơn vị, cùng quy định', 'Same unit, same rule'),
    ('kind', 'published', 'Kết quả công bố', 'Published'),
    ('kind', 'appraised', 'Kết quả thẩm định', 'Appraised'),
    ('kind', 'self_assessed', 'Kết quả tự đánh giá', 'Self-assessed'),
    ('kind', 'restated', 'Số liệu năm trước được ghi lại', 'Restated later'),
    ('kind', 'reply', 'Phản hồi', 'Reply'),
    ('severity', 'error', 'Lỗi', 'Error'),
    ('severity', 'warning', 'Cảnh báo', 'Warning'),
    ('severity', 'notice', 'Lưu ý', 'Notice'),
    ('materiality', 'level', 'Làm thay đổi mức độ', 'Changes the level'),
    ('materiality', 'rank', 'Làm thay đổi thứ hạng', 'Changes the rank'),
    ('materiality', 'total', 'Làm thay đổi tổng số điểm', 'Changes the total'),
    ('materiality', 'none', 'Không làm thay đổi kết quả', 'Changes nothing'),
    ('finding_status', 'open', 'Chưa xử lý', 'Open'),
    ('finding_status', 'accepted', 'Được chấp nhận', 'Accepted'),
    ('finding_status', 'resolved', 'Đã khắc phục', 'Resolved')
),

-- The registry knows several wordings of a tier; the shortest is its name.
tier as (
    select
        'tier' as term,
        target as code,
        {{ first_by('label', '(length(label), label)') }} as name_vi,
        upper(left(target, 1)) || replace(substr(target, 2), '_', ' ') as name_en
    from {{ ref('labels') }}
    where role = 'tier'
    group by 2, 4
),

level as (
    select distinct
        'level' as term,
        level as code,
        'Mức độ ' || level as name_vi,
        'Level ' || level as name_en
    from {{ ref('dim_level_rule') }}
)

select * from fixed
union all
select * from tier
union all
select * from level
