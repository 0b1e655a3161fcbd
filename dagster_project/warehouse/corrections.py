"""The guard of the registry of corrections: a line that corrects nothing that ever stood stops the run, in a sentence.

Here: that sentence. Not here: which corrections apply and how (`int_correction`), what became of each line
(`int_correction_outcome`), and lines whose source was mended since: those stop nothing, `egov status` tells of them.
"""

from __future__ import annotations

from typing import NamedTuple

from ..errors import UserError
from ..root import Root


class _Refused(NamedTuple):
    correction_id: str
    unit_code: str | None
    year: int | None
    field: str | None
    expect: str | None
    corrected: str | None
    found: str | None
    outcome: str


def refuse_corrections(root: Root) -> None:
    """Raises UserError where the build database holds corrections that cannot be applied; it tells of each: what was
    expected, what stands there, and what to do."""
    import duckdb

    with duckdb.connect(str(root.build_database), read_only=True) as connection:
        found = connection.execute(
            f"SELECT {', '.join(_Refused._fields)} FROM intermediate.int_correction_outcome "
            "WHERE outcome IN ('not_a_value', 'never_stood', 'nothing_there') ORDER BY correction_id"
        ).fetchall()
    sentences = [_sentences(_Refused(*row)) for row in found]
    if sentences:
        english, vietnamese = ("\n".join(lines) for lines in zip(*sentences, strict=True))
        raise UserError(english, vietnamese)


def _sentences(one: _Refused) -> tuple[str, str]:
    place_vi = f"Đính chính {one.correction_id} ({one.field}, đơn vị {one.unit_code}, năm {one.year})"
    place_en = f"Correction {one.correction_id} ({one.field} of unit {one.unit_code} in {one.year})"
    if one.outcome == "not_a_value":
        return (
            f"{place_en}: '{one.corrected}' is no value that this field can have. Mend the line in corrections.csv.",
            f"{place_vi}: “{one.corrected}” không phải là giá trị hợp lệ. Hãy sửa dòng này trong corrections.csv.",
        )
    if one.outcome == "nothing_there":
        return (
            f"{place_en}: no current submission has this cell. Mend the line in corrections.csv, or add the file.",
            f"{place_vi}: không hồ sơ hiện hành nào có ô này. Hãy sửa dòng này trong corrections.csv hoặc bổ sung tệp.",
        )
    return (
        f"{place_en}: it expects '{one.expect or ''}', but no file ever said so; the source says '{one.found or ''}'. "
        "Mend the line in corrections.csv.",
        f"{place_vi}: cần có “{one.expect or ''}”, nhưng chưa hồ sơ nào ghi như vậy; hồ sơ hiện ghi "
        f"“{one.found or ''}”. Hãy sửa dòng này trong corrections.csv.",
    )
