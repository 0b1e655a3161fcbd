"""What `egov status` says of what is published: which publication it is, and whether all of it is as it was put there.

Here: these lines, and those on publications that are kept and damaged. Not here: putting right what is not
(`defs/launch.py`: the next run makes it anew).
"""

from __future__ import annotations

from collections.abc import Iterator

from ..publishing.publication import PARTS, damaged, standing
from ..root import Root
from ..terminal import Line

_NAMES_SHOWN = 4


def lines_of(root: Root) -> Iterator[Line]:
    """Nothing where nothing has been published."""
    now = standing(root.published)
    if now is not None:
        names = damaged(now, root.published)
        if names:
            more = f" … (+{len(names) - _NAMES_SHOWN})" if len(names) > _NAMES_SHOWN else ""
            told = ", ".join(names[:_NAMES_SHOWN]) + more
            yield Line(f"✗ Bản công bố {now.name} bị thiếu hoặc bị sửa; chạy `egov run` để tạo lại: {told}", "error")
            yield Line(
                f"Publication {now.name} is missing or changed in part: run `egov run`, it is made anew", "error", 1
            )
        else:
            yield Line(f"Bản công bố / Publication: {now.name} · {len(now.files)} tệp nguyên vẹn / files, all whole")
    elif any((root.published / part).exists() for part in PARTS):
        yield Line("✗ Không rõ đang có bản công bố nào; chạy `egov run` để tạo lại.", "error")
        yield Line("Nothing says which publication stands: run `egov run`, it is made anew.", "error", 1)
    yield from _kept(root)


def _kept(root: Root) -> Iterator[Line]:
    if not root.kept.is_dir():
        return
    from ..publishing.kept import kept

    for one in kept(root.kept):
        if one.sha256 is None:
            yield Line(f"✗ Bản công bố lưu {one.name} đã hỏng; lấy lại từ bản sao lưu", "error")
            yield Line(f"The kept publication {one.name} is damaged: put it back from a backup", "error", 1)
