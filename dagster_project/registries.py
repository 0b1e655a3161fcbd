"""The registries of another root: made whole, and put into a copy of the dbt project that is then built.

Here: that copy. Not here: what a registry's values mean or whether they are right (dbt's tests hold them to that), and
the repository's own registries, which are built as they lie.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from .errors import UserError
from .files import clear, write_atomically
from .root import REPOSITORY, Root

# Without these a row says nothing. All other columns may be left out and are then empty; the repository's own
# registries tell which there are.
_IDENTIFYING = {
    "acceptances": ("finding_id", "stated"),
    "aliases": ("written_name", "unit_code"),
    "components": ("index_code", "tier", "pillar", "component"),
    "corrections": ("index_code", "year", "unit_code", "field", "expect", "corrected"),
    "deadlines": ("year", "kind", "due_on"),
    "labels": ("label", "role"),
    "level_rules": ("index_code", "tier", "level", "level_order", "pillar", "min_total"),
    "pillars": ("index_code", "tier", "pillar"),
    "unit_succession": ("predecessor_code", "successor_code", "effective_on"),
    "units": ("unit_code", "unit_name", "tier"),
}
_GENERATED = ("target", "logs", "seeds")


def prepare(root: Root) -> None:
    """Brings the copy that a root with its own registries builds in up to date; for any other root does nothing.

    Files that have not changed are left alone, so that dbt takes them for unchanged too. Raises UserError where a
    registry cannot be used, before anything is written.
    """
    if root.own_registries is None:
        return
    known = {path.stem: path for path in sorted((REPOSITORY / "dbt_project" / "seeds").glob("*.csv"))}
    _refuse_unknown_files(root.own_registries, known)
    seeds = {
        f"{name}.csv": _whole_registry(root.own_registries / f"{name}.csv", _columns(own))
        for name, own in known.items()
    }
    project = _files(REPOSITORY / "dbt_project", _GENERATED)
    _mirror(project, root.dbt_project, _GENERATED)
    _mirror(_files(REPOSITORY / "expectations"), root.expectations)
    _mirror(seeds, root.seeds)


def _refuse_unknown_files(folder: Path, known: dict[str, Path]) -> None:
    for path in sorted(folder.glob("*.csv")):
        if path.stem not in known:
            raise UserError(f"There is no registry called {path.name}. In {folder} may stand: {', '.join(known)}.")


def _columns(registry: Path) -> list[str]:
    with registry.open(encoding="utf-8-sig", newline="") as file:
        return next(csv.reader(file))


def _whole_registry(path: Path, columns: list[str]) -> bytes:
    """A registry with all its columns, in their order; one that is not there has a header and no rows."""
    target = io.StringIO()
    writer = csv.DictWriter(target, columns, restval="", lineterminator="\n")
    writer.writeheader()
    if path.exists():
        writer.writerows(_rows(path, columns))
    return target.getvalue().encode()


def _rows(path: Path, columns: list[str]) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            _refuse_header(path, list(reader.fieldnames or ()), columns)
            rows = [_row(path, reader.line_num, row) for row in reader]
    except (UnicodeDecodeError, csv.Error) as error:
        raise UserError(f"{path} is not a CSV file in UTF-8: {error}.") from error
    if path.stem == "units":
        for row in rows:
            row["unit_key"] = row.get("unit_key") or f"{row['unit_code']}@{row.get('valid_from') or 'start'}"
    return rows


def _row(path: Path, line: int, row: dict[str | None, str | None]) -> dict[str, str]:
    if None in row or None in row.values():
        raise UserError(f"{path}, line {line}: the row has not as many fields as the header.")
    return row  # type: ignore[return-value]


def _refuse_header(path: Path, header: list[str], columns: list[str]) -> None:
    unknown = [name for name in header if name not in columns]
    missing = [name for name in _IDENTIFYING.get(path.stem, columns) if name not in header]
    if unknown:
        raise UserError(f"{path}: unknown column '{unknown[0]}'. Its columns are: {', '.join(columns)}.")
    if missing:
        raise UserError(f"{path}: the column '{missing[0]}' is missing, without which no row can be told from another.")


def _files(folder: Path, without: tuple[str, ...] = ()) -> dict[str, bytes]:
    """The content of all files below a folder, by their paths, without some of its own folders and hidden files."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.relative_to(folder).parts[0] not in without and not path.name.startswith(".")
    }


def _mirror(files: dict[str, bytes], folder: Path, leave: tuple[str, ...] = ()) -> None:
    """Makes a folder hold these files and no others, but for some of its own folders; touches what differs only."""
    folder.mkdir(parents=True, exist_ok=True)
    present = _files(folder, leave)
    for name in present.keys() - files.keys():
        (folder / name).unlink()
    for name, content in files.items():
        if present.get(name) != content:
            if (folder / name).is_dir():
                clear(folder / name)
            write_atomically(folder / name, content)
