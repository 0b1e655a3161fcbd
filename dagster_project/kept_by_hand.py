"""Registries and ledger together: what every command looks at before it loads anything heavy.

Here: all mistakes of both at once, and the lines that `egov status` and `egov run` show of them. Not here: what a
mistake is (`registries/`, `submissions/ledger.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from . import registries
from .registries import Mistake, Mistakes
from .root import Root
from .submissions import ledger
from .terminal import Line, counted


def prepare(root: Root) -> list[Mistake]:
    """Makes the registries of a root ready to be built, and gives their warnings. Raises Mistakes, with those of the
    ledger among them, where anything cannot be understood."""
    of_ledger = ledger.read_all(root.ledger)[1]
    try:
        warnings = registries.prepare(root)
    except Mistakes as error:
        raise Mistakes([*error.mistakes, *of_ledger]) from error
    if of_ledger:
        raise Mistakes(of_ledger)
    return warnings


def lines_of(root: Root) -> Iterator[Line]:
    """What a status says of both: mistakes and warnings, and which registries are the root's own. Raises Mistakes where
    the ledger cannot be understood, because then it is not known what has arrived."""
    try:
        wrong = prepare(root)
    except Mistakes as error:
        if ledger.read_all(root.ledger)[1]:
            raise
        wrong = list(error.mistakes)
    told = [*lines_of_mistakes(wrong), *own_lines(root)]
    if told:
        yield Line("Danh mục / Registries", "heading")
        yield from told
        yield Line("")


def lines_of_mistakes(mistakes: Iterable[Mistake]) -> Iterator[Line]:
    """Both languages of each, mistakes before warnings."""
    mistakes = list(mistakes)
    for is_warning, style in ((False, "error"), (True, "warning")):
        for vietnamese, english in registries.sentences(one for one in mistakes if one.is_warning is is_warning):
            yield Line(f"{'!' if is_warning else '✗'} {vietnamese}", style, 1)
            yield Line(english, style, 2)


def own_lines(root: Root) -> Iterator[Line]:
    """Which files are the root's, and which are taken from the repository."""
    if root.own_registries is None:
        return
    own = registries.own_files(root)
    names = [f"{name}.csv{_instead(name, path)}" for name, path in own.items()]
    yield Line(f"riêng của thư mục này / of this folder: {', '.join(names) or '–'}", "", 1)
    others = [path for path in registries.sources(root) if path not in own.values() and path.stem not in own]
    if others:
        told = ", ".join(f"{path.name}{_as_far_as(root, path)}" for path in others)
        yield Line(f"dùng chung, từ kho mã nguồn / from the repository: {told}", "", 1)


def _instead(name: str, path: Path) -> str:
    """What a root's own file takes the place of: of some nothing, they add to the repository's."""
    if name in registries.ADDED:
        return " (thêm vào danh mục chung / adds to the common)"
    from .registries.gathering import rows_in

    own, common = rows_in(path), rows_in(registries.common_file(name))
    return f" ({own} dòng, thay cho {common} / {counted(own, 'row')} instead of {common})"


def _as_far_as(root: Root, path: Path) -> str:
    """How much of a file of the repository counts here: of rows about an index, pillar or unit that this root does not
    have none does."""
    from .registries.gathering import rows_in

    counted, all_ = len(registries.rows(root, path.stem)), rows_in(path)
    return "" if counted == all_ else f" (chỉ dùng {counted}/{all_} dòng / only {counted} of {all_} rows apply)"
