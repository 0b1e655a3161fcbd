"""The registries of a root: its own files, and the repository's for all that it does not bring.

Here: which file each registry comes from, what of the repository's counts for a root with others of its own, and every
mistake of all of them. Not here: where the result is built (`prepared.py`).

A root's own file takes the place of the repository's. Its labels add to the repository's instead, and win over them:
wordings such as 'TP.' for Thành phố hold wherever Vietnamese is written. So do its texts of decisions. Beside own
pillars or units, rows of the repository count only as far as they speak of an index, pillar or unit that the root has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import why_refused
from ..files import bytes_of
from ..root import Root
from .as_saved import read_saved
from .bodies import UNITS
from .checks import repeated_keys, wrong_relations, wrong_rows, wrong_targets
from .codes import restore_codes
from .declared import Registry, registries
from .files import ADDED, REPOSITORYS, own_files
from .mistakes import Mistake
from .periods import by_columns, meet, spans
from .tables import Table, empty, read_table

_RULES = ("pillars", "components", "level_rules")
_SHOWN = 4
_NO_TABLES = {".xlsx", ".xls", ".xlsm", ".ods", ".tsv"}


@dataclass(slots=True)
class Gathered:
    """tables: by name, as they are to be built. mistakes: of all files, warnings among them. own: the names of those
    that the root brings. switched_off: those warnings that tell what of the repository no longer counts."""

    tables: dict[str, Table] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    own: set[str] = field(default_factory=set)
    switched_off: list[Mistake] = field(default_factory=list)

    @property
    def is_plain(self) -> bool:
        """Whether the repository's files, as they lie, are what is to be built."""
        return not self.own and all(table.is_plain for table in self.tables.values())


def read_one(root: Root, name: str) -> Table:
    """One registry by itself, as far as it can be understood; mistakes are told by who prepares all of them."""
    path = own_files(root).get(name, REPOSITORYS / f"{name}.csv")
    return _read(root, registries()[name], path, [])


def rows_in(path: Path) -> int:
    """How many rows a registry, or another CSV file, has."""
    columns = {name for registry in registries().values() for name in registry.columns}
    return len(read_saved(bytes_of(path), columns).rows)


def gather(root: Root) -> Gathered:
    """Reads and checks everything."""
    own = own_files(root)
    gathered = Gathered(own=set(own))
    gathered.mistakes += _unknown_files(root)
    for name, registry in registries().items():
        path = own.get(name, REPOSITORYS / f"{name}.csv")
        gathered.tables[name] = _read(root, registry, path, gathered.mistakes)
    tables = gathered.tables
    added = {name: [tables[name]] for name in ADDED}
    if own:
        for name in own.keys() & added.keys():
            added[name].append(_read(root, registries()[name], REPOSITORYS / f"{name}.csv", gathered.mistakes))
        _keep_what_counts(tables, set(own), {name: files[-1] for name, files in added.items()})
        gathered.switched_off = [*_other_indices(tables, set(own)), *_no_longer_there(tables, set(own))]
        gathered.mistakes += gathered.switched_off
    gathered.mistakes += restore_codes(tables)
    for name, called in UNITS.items():
        _give_keys(tables[name], called)
        gathered.mistakes += repeated_keys(tables[name], called)
    gathered.mistakes += wrong_relations(tables)
    for of_file in added["labels"]:
        gathered.mistakes += wrong_targets(of_file, tables)
    unsaid = {"labels": _other_wordings, "decision_texts": _other_texts}
    for name, files in added.items():
        if len(files) > 1:
            tables[name] = _together(*files, unsaid[name](*files))
    return gathered


def _read(root: Root, registry: Registry, path: Path, mistakes: list[Mistake]) -> Table:
    file = root.relative(path)
    try:
        content = bytes_of(path)
    except OSError as error:
        mistakes.append(
            Mistake(
                file,
                (),
                "",
                f"không mở được danh mục này ({why_refused(error)}).",
                f"this registry cannot be opened ({error.strerror}).",
            )
        )
        return empty(registry, file)
    table, wrong = read_table(content, registry, file)
    mistakes += wrong
    mistakes += wrong_rows(table)
    return table


def _unknown_files(root: Root) -> Iterator[Mistake]:
    if root.own_registries is None:
        return
    names = ", ".join(f"{name}.csv" for name in registries())
    for path in sorted(root.own_registries.iterdir()):
        file, kind = root.relative(path), path.suffix.lower()
        if path.name.startswith((".", "~$")) or kind not in {".csv", *_NO_TABLES}:
            continue
        if path.stem.lower() not in registries():
            yield Mistake(
                file,
                (),
                "",
                f"không có danh mục nào tên {path.name}. Các danh mục: {names}.",
                f"There is no registry called {path.name}. There may be: {names}.",
                is_warning=kind != ".csv",
            )
        elif kind != ".csv":
            yield Mistake(
                file,
                (),
                "",
                f"tệp này không được đọc; hãy lưu thành {path.stem}.csv (dạng 'CSV UTF-8').",
                f"this file is not read; save it as {path.stem}.csv ('CSV UTF-8').",
                is_warning=True,
            )


def _keep_what_counts(tables: dict[str, Table], own: set[str], added: dict[str, Table]) -> None:
    """Of the repository's rows those that speak of what this root has. added: the repository's tables that a root's own
    add to."""
    if not own & {"pillars", "units"}:
        return
    indices = set(tables["pillars"].columns["index_code"])
    pillars = set(_columns(tables["pillars"], "index_code", "tier", "pillar"))
    units = {code for name, called in UNITS.items() for code in tables[name].columns[f"{called}_code"]}
    known_keys = set(tables["units"].columns["unit_key"])
    of_repository = read_one(Root(), "pillars").columns["index_code"]
    is_another = indices.isdisjoint(of_repository)

    def keep(name: str, counts: Callable[..., bool], *columns: str) -> None:
        if name not in own:
            tables[name].keep([counts(*values) for values in _columns(tables[name], *columns)])

    for name in ("components", "level_rules"):
        keep(name, lambda *pillar: pillar in pillars, "index_code", "tier", "pillar")
    if "units" in own:
        keep("unit_succession", lambda *keys: set(keys) <= known_keys, "predecessor_key", "successor_key")
    keep("bodies", lambda province: province in {"", *units}, "province_code")
    bodies = set(tables["bodies"].columns["body_code"])
    keep("body_succession", lambda *codes: set(codes) <= bodies, "predecessor_code", "successor_code")
    for name in ("aliases", "corrections"):
        keep(name, lambda index, unit: index in {"", *indices} and unit in units, "index_code", "unit_code")
    for name in ("acceptances", "deadlines"):  # decided about an index that this root may not have
        keep(name, lambda _: not is_another, next(iter(tables[name].columns)))
    keep("licences", lambda about: "units" not in own if about == "units" else not is_another, "about")
    components = set(tables["components"].columns["component"])
    targets = {"component": components, "pillar": {pillar for *_, pillar in pillars}}
    targets["total"] = {*targets["pillar"], ""}
    added["labels"].keep(
        [
            not index or (index in indices and target in targets.get(role, {target}))
            for index, role, target in _columns(added["labels"], "index_code", "role", "target")
        ]
    )
    added["decision_texts"].keep([index in {"", *indices} for index in added["decision_texts"].columns["index_code"]])


def _other_indices(tables: dict[str, Table], own: set[str]) -> Iterator[Mistake]:
    """Indices of the repository that a root's pillars do not have, where it brings no components: whoever begins
    another index brings both, and whoever brings pillars alone meant to change one of them."""
    if "pillars" not in own or "components" in own:
        return
    common = read_one(Root(), "pillars")
    gone = sorted(set(common.columns["index_code"]) - set(tables["pillars"].columns["index_code"]))
    if gone:
        listed = ", ".join(gone)
        yield Mistake(
            tables["pillars"].file,
            (),
            "",
            f"tệp này thay cho cả danh mục chung và không có {listed}, nên mọi tiêu chí, ngưỡng và nhãn của {listed} "
            "không được dùng ở đây. Nếu không chủ ý, hãy chép các dòng đó vào đây, hoặc xóa tệp này.",
            f"this file takes the place of the whole common registry and does not have {listed}, so that no component, "
            f"threshold or label of {listed} is used here. If that is not meant, copy these lines into it, or delete "
            "this file.",
            is_warning=True,
        )


def _no_longer_there(tables: dict[str, Table], own: set[str]) -> Iterator[Mistake]:
    """Rules of an index that the repository has and a root's own file of the same index has not: whoever wrote the one
    line that changes there may not know that the file takes the place of all others."""
    for name in _RULES:
        if name not in own:
            continue
        table, common = tables[name], read_one(Root(), name)
        indices = set(table.columns["index_code"])
        kept = set(_columns(table, *table.registry.key))
        gone = [key for key in dict.fromkeys(_columns(common, *table.registry.key)) if key[0] in indices - {""}]
        gone = [" · ".join(key) for key in gone if key not in kept]
        if gone:
            listed, count = "; ".join(gone[:_SHOWN]) + (" …" if len(gone) > _SHOWN else ""), len(gone)
            yield Mistake(
                table.file,
                (),
                "",
                f"tệp này thay cho cả danh mục chung, nên {count} quy định ở đó không còn áp dụng: {listed}. Nếu không "
                "chủ ý, hãy chép các dòng đó vào đây, hoặc xóa tệp này.",
                f"this file takes the place of the whole common registry, so {count} of its rules no longer hold: "
                f"{listed}. If that is not meant, copy these lines into it, or delete this file.",
                is_warning=True,
            )


def _columns(table: Table, *names: str) -> Iterator[tuple[str, ...]]:
    return zip(*(table.columns[name] for name in names), strict=True)


def _together(own: Table, common: Table, is_unsaid: list[bool]) -> Table:
    """A root's own rows, and behind them those of the repository that they leave unsaid."""
    common.keep(is_unsaid)
    columns = {name: own.columns[name] + common.columns[name] for name in own.columns}
    return Table(own.registry, own.file, own.lines + common.lines, columns, is_plain=False)


def _other_wordings(own: Table, common: Table) -> list[bool]:
    """Which of the repository's labels have no other meaning in the root's."""
    from ..reading.texts import key

    def words(table: Table) -> list[tuple[str, str, str]]:
        return [(index, role, key(label)) for index, role, label in _columns(table, "index_code", "role", "label")]

    said = set(words(own))
    return [word not in said for word in words(common)]


def _other_texts(own: Table, common: Table) -> list[bool]:
    """Which of the repository's texts the root's leave as they are: of each part, for an index, a province, a year."""
    scope = ("index_code", "province_code", "part")
    said = by_columns(own, *scope)
    return [
        not any(meet(span, one) for one in said.get(part, []))
        for part, span in zip(_columns(common, *scope), spans(common), strict=True)
    ]


def _give_keys(units: Table, called: str) -> None:
    """A unit's key is its code and the first day of its validity, where no other is written."""
    keys, codes, starts = (units.columns[name] for name in (f"{called}_key", f"{called}_code", "valid_from"))
    for at, key in enumerate(keys):
        if not key:
            keys[at] = f"{codes[at]}@{starts[at] or 'start'}"
            units.is_plain = False
