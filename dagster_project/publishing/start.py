"""The five tables and views that a newcomer starts from, one list for the front page, the workbook and the dictionary.

Here: which they are and what for. Not here: what their columns mean (the YAML beside each model and view).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Start:
    """A table or view to start from, and what it answers in both languages."""

    name: str
    vi: str
    en: str


TABLES = (
    Start(
        "named_unit_result",
        "Kết quả công bố của từng đơn vị: tổng số điểm, mức độ, thứ hạng, đã ghi và tính lại.",
        "Each unit's published result: totals, level and rank, stated and computed.",
    ),
    Start(
        "named_unit_movement",
        "Biến động của từng đơn vị so với lần được chấm trước.",
        "How each unit moved since it was last scored.",
    ),
    Start(
        "fct_component_score",
        "Từng điểm thành phần, kèm ô trong tệp mà nó được đọc ra.",
        "Each component score, with the cell of the file that it was read from.",
    ),
    Start(
        "agg_levels",
        "Bao nhiêu đơn vị đạt từng mức độ, của cả tỉnh và của từng huyện.",
        "How many units reach each level, of the province and of each district.",
    ),
    Start(
        "fct_finding",
        "Từng phát hiện về số liệu: ở đâu, ghi gì, lẽ ra là gì, đã xử lý chưa.",
        "Each finding about the data: where, what is stated, what was expected, how it stands.",
    ),
)
