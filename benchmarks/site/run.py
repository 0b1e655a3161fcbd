"""How long the site of a warehouse takes, and what it weighs, best of one of the country's size.

Here: the command (`python benchmarks/site/run.py ROOT`), and taking time and weight. Not here: the country, SYNTHETIC,
which `benchmarks/country` makes and `egov run` builds. What was measured stands in README.md beside this.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
from pathlib import Path

from dagster_project.publishing import publication
from dagster_project.publishing.site.writing import write_site
from dagster_project.root import Root


def weight(folder: Path) -> dict[str, int]:
    """Bytes of a site, all of it and by kind of page."""
    sizes: dict[str, int] = {}
    for path in folder.rglob("*"):
        if path.is_file():
            parts = path.relative_to(folder).parts
            kind = parts[1] if len(parts) > 2 else parts[0]
            sizes[kind] = sizes.get(kind, 0) + path.stat().st_size
    return {"all": sum(sizes.values()), **sizes}


def main(given: list[str] | None = None) -> None:
    """Prints the figures as JSON: the first publication, and the next one that says the same."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", type=Path, help="a root that has published a warehouse")
    warehouse = Root(parser.parse_args(given).root.resolve()).published_database
    with tempfile.TemporaryDirectory() as folder:
        published = Root(Path(folder)).published
        published.mkdir(parents=True)
        told: dict[str, dict[str, object]] = {}
        for name in ("first", "unchanged"):
            before = publication.standing(published)
            place = publication.begin(published)
            shutil.copy(warehouse, place / publication.WAREHOUSE)
            start = time.perf_counter()
            written = write_site(warehouse, place / publication.SITE, before)
            told[name] = {
                "seconds": round(time.perf_counter() - start, 1),
                "files": written.files,
                "taken over": written.taken_over,
                "weight": weight(place / publication.SITE),
            }
            for part in publication.PARTS:
                if not (place / part).exists():
                    (place / part).mkdir()
            start = time.perf_counter()
            publication.put_in_place(published)
            told[name]["seconds to put in place"] = round(time.perf_counter() - start, 1)
        print(json.dumps(told, indent=1))


if __name__ == "__main__":
    main()
