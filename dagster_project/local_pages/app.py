"""The pages as an application of Starlette.

Here: what each address answers, and who is let in. Not here: the check (`..checking`), how a page looks (`templates/`).

Only this machine may ask, and only from a page of ours: the host has to be localhost, so that no name of a stranger's
leads here, and a check takes a header that a browser sends to another's page only after asking, which is refused.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from .. import checking
from ..checking.text import SEVERITIES, about_of, closing_of, place_of
from ..errors import UserError
from ..publishing import pages
from ..root import Root
from ..submissions.file_names import safe_name

HEADER = "x-egov"
MOST_BYTES = 100_000_000
_FOLDER = Path(__file__).parent
_GUARDS = {
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'; "
    "form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


def application(root: Root) -> Starlette:
    """The pages of a root: `/` to drop a file on, `/check`, and `/published/` where there is a publication."""
    made = pages.environment(_FOLDER / "templates")
    made.filters["place"] = place_of
    one_at_a_time = threading.Lock()

    def page(template: str, status: int = 200, **content: Any) -> HTMLResponse:
        return HTMLResponse(made.get_template(template).render(content), status, _GUARDS)

    async def drop(request: Request) -> Response:
        return page("drop.html", has_published=_front(root).is_file())

    async def script(request: Request) -> Response:
        text = (_FOLDER / "drop.js").read_text("utf-8")
        return Response(text, headers=_GUARDS, media_type="text/javascript")

    async def check(request: Request) -> Response:
        if HEADER not in request.headers:
            return page("refused.html", 403, vi="Chỉ trang này mới gửi tệp được.", en="Only this page may send a file.")
        with tempfile.TemporaryDirectory(prefix="egov-") as folder:
            path = Path(folder) / safe_name(request.query_params.get("name", ""))
            with path.open("wb") as file:
                async for chunk in request.stream():
                    file.write(chunk)
                    if file.tell() > MOST_BYTES:
                        return page("refused.html", 413, vi="Tệp lớn hơn 100 MB.", en="The file is above 100 MB.")
            status, content = await run_in_threadpool(_checked, root, path, request.query_params, one_at_a_time)
        return page("refused.html" if status >= 400 else "checked.html", status, **content)

    routes: list[BaseRoute] = [
        Route("/", drop),
        Route("/drop.js", script),
        Route("/check", check, methods=["POST"]),
    ]
    if root.published.is_dir():
        routes.append(Mount("/published", StaticFiles(directory=root.published, html=True)))
    hosts = Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"], www_redirect=False)
    return Starlette(routes=routes, middleware=[hosts])


def _checked(
    root: Root, path: Path, asked: Mapping[str, str], one_at_a_time: threading.Lock
) -> tuple[int, dict[str, Any]]:
    """What the page shows of a file, and the status of the answer: 422 where it cannot be checked as it is."""
    year = asked.get("year", "")
    try:
        with (
            one_at_a_time,
            checking.run(root, [path], int(year) if year.isascii() and year.isdigit() else None) as done,
        ):
            (report,) = checking.reports_of(done)
    except UserError as error:
        return 422, {"vi": error.vietnamese, "en": str(error)}
    alike = groupby(report["findings"], key=lambda one: (one["severity"], one["code"]))
    return 200, {
        "report": report,
        "about": about_of(report),
        "closing": closing_of([report]).text,
        "groups": [(SEVERITIES[severity][0], list(group)) for (severity, _), group in alike],
    }


def _front(root: Root) -> Path:
    return root.published / "index.html"
