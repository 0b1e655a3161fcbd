"""The commands that a person types.

Here: what they are called, what they take, their exit codes, and errors as sentences. Not here: what they do; each
imports that when it is called, because start-up is most of a small command.
"""

from __future__ import annotations

import atexit
import contextlib
import io
import os
import sys
import traceback
from datetime import date
from pathlib import Path
from typing import NoReturn

import click

from . import stopping
from .errors import TooLittleSaid, UserError, is_disk_full, refused_by_system
from .root import REPOSITORY, Root

_KINDS = ("published", "appraised", "self_assessed", "reply")  # as in submissions.ledger, which takes time to import
_FILES = click.Path(path_type=Path)
_ANSWER_BY_1 = {"check", "diff"}  # commands whose exit code 1 is an answer, and no failure
_DAYS = "22/10/2021, 2021-10-22"


class _Day(click.ParamType):
    """A day, as registries and ledger take them."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        from .days import day_of

        if isinstance(value, date):
            return value
        day = day_of(str(value))
        if day is None:
            self.fail(
                f"“{value}” phải là ngày theo thứ tự ngày/tháng/năm / must be a day, day first: {_DAYS}", param, ctx
            )
        return day


_DAY = _Day()


class _Unforeseen(UserError):
    """An error that nobody thought of: its traceback is in the log of the root, and not on the screen."""


class _Commands(click.Group):
    """The commands; an error that is not a sentence becomes one."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return self._invoke(ctx)
        except UserError as error:
            if ctx.invoked_subcommand in _ANSWER_BY_1:
                error.exit_code = 2
            raise

    def _invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except (UserError, click.ClickException, click.Abort, click.exceptions.Exit, BrokenPipeError):
            raise
        except Exception as error:
            from .log import write_down

            root = ctx.obj or Root()
            write_down(root, f"egov {ctx.invoked_subcommand}", traceback.format_exc())
            if is_disk_full(error):
                from . import room

                raise room.too_little(root) from error
            if refused := refused_by_system(error):
                raise refused from error
            raise _Unforeseen(
                f"Something unforeseen went wrong: {type(error).__name__}. The details are in {root.log}",
                f"Có lỗi ngoài dự kiến ({type(error).__name__}); chi tiết ghi ở {root.log}",
            ) from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--root",
    "folder",
    type=_FILES,
    default=REPOSITORY,
    help="Thư mục khác có data/ riêng. / Another folder with its own data/.",
)
@click.version_option(package_name="egov-warehouse", prog_name="egov")
@click.pass_context
def egov(context: click.Context, folder: Path) -> None:
    """Kho dữ liệu điểm chính quyền điện tử hằng năm: nhận, kiểm tra và công bố.

    Scores of e-government, year by year: received, checked, and made ready for SQL.
    """
    if not folder.is_dir():
        raise UserError(f"There is no folder {folder}.", f"Không có thư mục {folder}.")
    context.obj = Root(folder.resolve())


@egov.command(short_help="Build what has changed. · Xử lý những gì đã thay đổi.")
@click.option(
    "--year",
    "years",
    type=int,
    multiple=True,
    help="Xử lý năm này dù không đổi; hai năm: cả khoảng. / This year, whatever has changed; two: all between.",
)
@click.option(
    "--engine",
    type=click.Choice(["duckdb", "spark"]),
    default="duckdb",
    envvar="EGOV_ENGINE",
    show_envvar=True,
    help="Bộ máy tính toán; xem docs/scaling-out.md. / What computes; see docs/scaling-out.md.",
)
@click.pass_obj
def run(root: Root, years: tuple[int, ...], engine: str) -> int:
    """Đọc hồ sơ đã nhận, tính toán, đối chiếu và công bố; cuối cùng in tóm tắt. Chỉ xử lý năm có tệp mới hoặc thay đổi;
    danh mục hay chương trình thay đổi thì xử lý tất cả.

    Reads what has arrived, computes, judges and publishes; shows a summary at the end. Builds the years whose files
    are new or changed; all, where a registry or the code is; nothing where nothing is, and says so.

    Exit code 0 when the run is complete, whatever was found in the data; 1 when it could not be completed.
    """
    from .defs.launch import run as launch

    return launch(root, sorted(set(years)) or None, engine)


@egov.command(short_help="Check files before sending them. · Kiểm tra tệp trước khi gửi.")
@click.argument("files", nargs=-1, required=True, type=_FILES)
@click.option(
    "--year",
    type=click.IntRange(1900, 2999),
    help="Năm đánh giá; không ghi thì theo tiêu đề. / The year of the scores; by default the title's.",
)
@click.option(
    "--district",
    help="Chỉ huyện này và các xã trực thuộc. / Only what is found of this district and the units below it.",
)
@click.option(
    "--mark",
    "is_marked",
    is_flag=True,
    help="Ghi bản sao có tô màu ô sai. / Write a copy of each workbook with the cells marked.",
)
@click.option(
    "--format", "output", type=click.Choice(["text", "json"]), default="text", help="Dạng in ra. / How to print."
)
@click.pass_obj
def check(
    root: Root, files: tuple[Path, ...], year: int | None, district: str | None, is_marked: bool, output: str
) -> int:
    """Đọc tệp mà không nạp, in mọi chỗ sai theo thứ tự của văn bản. Các tệp cho cùng lúc được coi là các phần của một
    quyết định. Mã thoát 0: không có phát hiện; 1: có; 2: có tệp không đọc được.

    Reads files without loading them, and prints all that is wrong with them, in the order of the document. Files
    given together are taken for parts of one decision and are checked against each other. With --mark, the copy of
    bieu.xlsx is bieu-danh-dau.xlsx beside it: the cells coloured, the sentences as comments.

    Exit code 0: nothing found. 1: findings. 2: a file could not be read.
    """
    from . import checking

    try:
        with checking.run(root, files, year, say=_say, ask_year=_ask_year) as checked:
            reports = checking.reports_of(checked)
    except TooLittleSaid:
        if output == "json":
            _print_json([checking.blank(path) for path in files])
        raise
    if district:
        from .checking.districts import of_district

        reports = of_district(reports, district)
    if output == "json":
        _print_json(reports)
    else:
        from .checking.text import lines_of
        from .terminal import show

        show(lines_of(reports))
    if is_marked:
        from .checking.marking import mark_all

        mark_all(files, reports, _say)
    return checking.exit_code(reports)


@egov.command(short_help="Put files into the submissions folder. · Nhận tệp vào sổ.")
@click.argument("files", nargs=-1, type=_FILES)
@click.option(
    "--year",
    type=click.IntRange(1900, 2999),
    help="Năm đánh giá; không ghi thì theo tiêu đề. / The year of the scores; by default the title's.",
)
@click.option(
    "--kind",
    type=click.Choice(_KINDS),
    help="Loại hồ sơ; không ghi thì theo tiêu đề. / What the files are; by default what their titles say.",
)
@click.option(
    "--received-on", type=_DAY, help=f"Ngày nhận, mặc định hôm nay. / The day of receipt, by default today: {_DAYS}."
)
@click.option("--sender", help="Nơi gửi. / Who sent it.")
@click.option("--note", help="Ghi chú. / Anything worth knowing.")
@click.option("--undo", is_flag=True, help="Hoàn tác lần nhận cuối. / Take back what the last `egov add` added.")
@click.pass_obj
def add(root: Root, files: tuple[Path, ...], undo: bool, **given: object) -> int:
    """Chép tệp vào data/submissions/NĂM và ghi vào sổ. Năm và loại lấy theo tiêu đề, không có thì hỏi; nếu tệp sẽ thay
    số liệu đã công bố của đơn vị nào thì nói rõ trước khi ghi.

    Copies files into data/submissions/YEAR and enters them in the ledger, data/submissions/submissions.csv. The
    same file twice is one submission. Year and kind are those of the titles; where these do not say, it asks. Whose
    published figures a file would replace is said before anything is written."""
    from .commands.receiving import Asking, receive, take_back
    from .days import today

    if undo == bool(files):
        raise click.UsageError("Give files to add, or --undo alone.")
    if undo:
        for sentence in take_back(root):
            click.echo(sentence)
        return 0
    day = given.pop("received_on") or today()
    asking = Asking(_ask_year, _ask_kind, _agree)
    for sentence in receive(root, files, received_on=day, asking=asking, **given):  # type: ignore[arg-type]
        click.echo(sentence)
    return 0


@egov.command(short_help="Ask the published warehouse in SQL. · Truy vấn kho đã công bố.")
@click.argument("query", required=False)
@click.option(
    "--file", "source", type=_FILES, help="Tệp chứa câu truy vấn, UTF-8. / A file that holds the query, in UTF-8."
)
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", help="Dạng in ra. / How to print."
)
@click.option(
    "--output", type=_FILES, help="Ghi kết quả ra tệp .xlsx, .csv, .json. / Write the answer into a file, by its name."
)
@click.option(
    "--as-of",
    type=_DAY,
    help=f"Theo số liệu còn hiệu lực cuối ngày đó. / From what was current at the end of that day: {_DAYS}.",
)
@click.option(
    "--publication", help=f"Hỏi bản công bố đã lưu của ngày đó. / The publication that is kept of that day: {_DAYS}."
)
@click.option(
    "--seconds",
    type=click.FloatRange(min=0, min_open=True),
    default=300,
    help="Thời gian tối đa. / How long it may take.",
)
@click.pass_obj
def sql(
    root: Root,
    query: str | None,
    source: Path | None,
    form: str,
    output: Path | None,
    as_of: date | None,
    publication: str | None,
    seconds: float,
) -> int:
    """Truy vấn kho đã công bố, chỉ đọc. Số được in đủ và không có số 0 thừa.

    Runs a query on the published warehouse, which it cannot change. Exact decimals are printed without trailing
    zeros; in JSON they are strings. With --as-of, fct_component_score, fct_pillar_result and fct_unit_result are those
    that the submissions and corrections known by that day make. With --publication, all tables are as they were given
    then.

    Example: egov sql "SELECT unit_name, rank_in_province FROM fct_unit_result WHERE tier = 'district'"
    """
    from .commands import answers
    from .commands.querying import answer

    if as_of and publication:
        raise click.UsageError("Give --as-of or --publication, not both.")
    if (query is None) is (source is None):
        raise click.UsageError("Give a query, or a file with one (--file).")
    query = query if source is None else answers.query_in(source)
    if output is None:
        answer(root, query, form, sys.stdout, as_of, publication, seconds)
    else:
        with answers.into(output) as (form, target):
            answer(root, query, form, target, as_of, publication, seconds)
        _say(f"Đã ghi / Written: {output}")
    return 0


@egov.command(short_help="What changed between two publications. · So sánh hai bản công bố.")
@click.argument("old", required=False)
@click.argument("new", required=False)
@click.option("--year", type=click.IntRange(1900, 2999), help="Chỉ năm này. / Only what is of this year.")
@click.option("--table", help="Chỉ bảng này. / Only this table.")
@click.option(
    "--unit", help="Chỉ đơn vị này: mã, tên hay một phần tên. / Only this unit: its code, or its name or a part of it."
)
@click.option(
    "--format", "output", type=click.Choice(["text", "json"]), default="text", help="Dạng in ra. / How to print."
)
@click.pass_obj
def diff(root: Root, old: str | None, new: str | None, output: str, **only: object) -> int:
    """Cho biết đơn vị nào đổi tổng, mức độ hay thứ hạng; rồi theo từng bảng, dòng nào thêm, mất hay đổi.

    Shows the units whose total, level or rank changed, by name; then, table by table, the rows that were added, are
    gone or have changed, with the figures before and after.

    OLD and NEW are each the day of a publication that is kept (24/11/2026: what stood at the end of that day) or the
    path of a published warehouse. Without NEW, what is published now; without OLD, what was published before it. In
    text, long lists are shortened; JSON is complete.

    Exit code 0: no difference. 1: differences. 2: they cannot be compared.
    """
    from .commands.diff import tell

    return int(tell(root, old, new, output, sys.stdout, **only))  # type: ignore[arg-type]


@egov.command(short_help="What has arrived and what is missing. · Đã nhận gì, còn thiếu gì.")
@click.pass_obj
def status(root: Root) -> int:
    """Cho biết từng năm đã nhận gì, của ai, còn thiếu gì, ai chậm, tệp nào bị bỏ qua và vì sao, và kho được xây dựng
    khi nào.

    Shows for each year what has arrived and from whom, what is missing and who is late, what was left out and why,
    and when the warehouse was last built."""
    from .commands.status import lines_of
    from .days import today
    from .terminal import show

    show(lines_of(root, today()))
    return 0


@egov.command(short_help="What came back on the reports. · Các đơn vị đã trả lời gì.")
@click.option(
    "--year",
    type=click.IntRange(1900, 2999),
    help="Chỉ câu trả lời về phiếu của năm này. / Only the answers on this year's reports.",
)
@click.pass_obj
def replies(root: Root, year: int | None) -> int:
    """Cho biết theo từng huyện phát hiện nào đã được trả lời ra sao, đề nghị số nào.

    Shows by district what was answered to which finding, what was proposed beside what stands there, and what
    accepting it would take; what was set aside and why; and who has not answered yet."""
    from .commands.replies import lines_of
    from .terminal import show

    show(lines_of(root, year))
    return 0


@egov.command("what-if", short_help="What findings would change, what a level lacks. · Nếu sửa thì đổi gì.")
@click.option(
    "--unit", help="Chỉ đơn vị này: mã, tên hay một phần tên. / Only this unit: its code, name or part of it."
)
@click.option(
    "--year", type=click.IntRange(1900, 2999), help="Năm, mặc định năm cuối. / The year; by default the last one."
)
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    help="Dạng in ra. / How to print.",
)
@click.pass_obj
def what_if(root: Root, unit: str | None, year: int | None, output: str) -> int:
    """Cho biết phát hiện nào, nếu lấy giá trị theo quy định, làm đổi mức độ hay thứ hạng của đơn vị nào; và mỗi đơn vị
    còn thiếu bao nhiêu điểm để lên mức độ tiếp theo.

    Shows which open findings would change whose level or rank if their expected figures were taken, each by itself;
    and what each unit lacks for the next level, by pillar, with the components that have room. In text, long lists are
    shortened; JSON and CSV are complete.

    Example: egov what-if --unit "Tiền Hải"
    """
    from .commands.what_if import tell

    tell(root, year, unit, output, sys.stdout)
    return 0


@egov.command(short_help="Let a stated figure stand. · Chấp nhận giữ nguyên số đã ghi.")
@click.argument("finding")
@click.option("--by", help="Ai quyết định. / Who decided it.")
@click.option(
    "--why", help="Lý do và văn bản, in trên phiếu. / The reason, and the document that it rests on; reports print it."
)
@click.option(
    "--on",
    "day",
    type=_DAY,
    help=f"Ngày quyết định, mặc định hôm nay. / The day of the decision, by default today: {_DAYS}.",
)
@click.option("--undo", is_flag=True, help="Bỏ dòng của phát hiện này. / Take the line of this finding out again.")
@click.option("--yes", is_flag=True, help="Ghi mà không hỏi. / Write it without asking.")
@click.pass_obj
def accept(root: Root, finding: str, by: str | None, why: str | None, day: date | None, undo: bool, yes: bool) -> int:
    """Ghi vào acceptances.csv rằng tỉnh chấp nhận giữ nguyên số đã ghi của một phát hiện; cho xem trước rồi mới hỏi.

    Writes into the registry acceptances.csv that the province lets the stated figure of a finding stand. FINDING is
    its id or the beginning of it, as reports print it. Shows the finding first, and asks.

    Example: egov accept 9e9e45 --by "UBND tỉnh" --why "Công văn 12/UBND-KGVX"
    """
    from .commands import accepting
    from .days import today
    from .terminal import show

    agree = (lambda: True) if yes else _agree
    if undo:
        accepting.take_back(root, finding, show=show, agree=agree)
        return 0
    if not (by and by.strip() and why and why.strip()):
        raise click.UsageError("Give --by and --why: who decided it, and why.")
    accepting.accept(root, finding, by.strip(), why.strip(), day or today(), show=show, agree=agree)
    return 0


@egov.command(short_help="Change a rule from a year on. · Đổi một quy định từ một năm.")
@click.argument("registry", type=click.Choice(["level_rules", "components", "pillars"]))
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--from",
    "year",
    type=click.IntRange(1900, 2999),
    required=True,
    help="Năm đầu áp dụng. / The first year of the new rule.",
)
@click.option(
    "--set",
    "values",
    multiple=True,
    required=True,
    metavar="COLUMN=VALUE",
    help="Cột nào đổi thành gì. / What is another then.",
)
@click.option("--source", required=True, help="Văn bản quy định, như 'Quyết định …'. / Where the new rule stands.")
@click.option("--yes", is_flag=True, help="Ghi mà không hỏi. / Write it without asking.")
@click.pass_obj
def rule(
    root: Root, registry: str, words: tuple[str, ...], year: int, values: tuple[str, ...], source: str, yes: bool
) -> int:
    """Đóng dòng của danh mục mà WORDS chỉ rõ và mở dòng mới từ một năm. Trước khi ghi, cho xem tổng, hạng, mức độ của
    năm công bố gần nhất sẽ đổi ra sao, rồi hỏi.

    Closes the line of a registry that WORDS name, and opens the next from a year on. Shows first what it would have
    made of the last year's published totals, ranks and levels; then asks, and writes the file, in which all else stays
    as it was typed.

    Example: egov rule level_rules commune III attainment --from 2022 --set min_total=45 --source "Quyết định …"
    """
    from .commands.rule import change
    from .terminal import show

    given = dict(value.partition("=")[::2] for value in values)
    if not all("=" in value for value in values):
        raise click.UsageError("Give --set as COLUMN=VALUE, such as --set min_total=45.")
    agree = (lambda: True) if yes else _agree
    change(root, registry, words, year, {**given, "source": source}, show=show, say=_say, agree=agree)
    return 0


@egov.command("new-index", short_help="Begin another index. · Lập bộ tiêu chí mới.")
@click.argument("folder", type=_FILES)
def new_index(folder: Path) -> int:
    """Tạo thư mục mới với các danh mục mẫu cho một bộ tiêu chí riêng và một tệp giả lập để thử.

    Makes a new folder with registries for an index of your own: comments and example lines to replace, and a
    made-up file to try them on. Afterwards all commands work on it: egov --root FOLDER check FILE."""
    from .commands.beginning import begin

    for sentence in begin(folder):
        click.echo(sentence)
    return 0


@egov.command(short_help="Prepare checks and builds (done by `make`). · Chuẩn bị lần đầu.")
@click.pass_obj
def setup(root: Root) -> int:
    """Biên dịch SQL và chương trình một lần để lần kiểm tra và lần chạy đầu cũng nhanh.

    Compiles the SQL and this program once, so that the first check and the first run are as quick as the next, also
    for an account that may not write where the program lies."""
    import compileall

    from .warehouse import build, plan

    compileall.compile_dir(Path(__file__).parent, quiet=2)
    build.manifest(root)
    plan.make()
    return 0


@egov.command(short_help="Pages on this machine. · Mở trang trên máy này.")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8420, show_default=True, help="Cổng. / Where it is served."
)
@click.pass_obj
def serve(root: Root, port: int) -> int:
    """Mở trên máy này một trang để thả tệp vào kiểm tra, không lưu lại.

    Serves, to this machine only, a page to drop a file on, which is checked as by egov check and not kept, and what
    is published. Ctrl-C ends it."""
    from .commands.serving import serve_pages

    serve_pages(root, port, _say)
    return 0


@egov.command(short_help="Dagster's pages in a browser. · Mở giao diện Dagster.")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=3000, show_default=True, help="Cổng. / Where the pages are served."
)
@click.pass_obj
def dev(root: Root, port: int) -> int:
    """Mở các trang của Dagster (tài sản, kiểm tra, lịch, lượt chạy) cho đến khi dừng bằng Ctrl-C.

    Serves Dagster's pages, with the assets, checks, schedules and runs, until it is stopped with Ctrl-C."""
    from .commands.serving import serve

    return serve(root, port)


def main() -> None:
    """The command `egov`: runs what was asked for and ends the process with its exit code."""
    stopping.listen()
    _speak_utf8()
    _end(invoke(sys.argv[1:]))


def _end(code: int) -> NoReturn:
    """Ends the process without taking it apart piece by piece: after a run that takes a second, and DuckDB's bindings
    remark on it. What asked to be called at the end is called."""
    atexit._run_exitfuncs()
    with contextlib.suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


def invoke(arguments: list[str]) -> int:
    """Runs a command and gives its exit code; whatever goes wrong is a sentence on standard error."""
    try:
        code = egov.main(arguments, prog_name="egov", standalone_mode=False)
        stopping.refuse_to_go_on()  # a library may have kept the stop to itself
        return code if isinstance(code, int) else 0
    except (click.Abort, KeyboardInterrupt):
        return _stopped()
    except Exception as error:
        return _stopped() if stopping.is_asked() else _refused(error)
    except BaseException:
        if stopping.is_asked():  # what Dagster raises for it
            return _stopped()
        raise


def _stopped() -> int:
    _say("Đã dừng. / Stopped.")
    return 130


def _refused(error: Exception) -> int:
    """Says what was wrong; the exit code."""
    if isinstance(error, UserError):
        _say(f"{error.vietnamese}\n{error}")
        return error.exit_code
    if isinstance(error, click.ClickException):
        _say("Lệnh chưa đúng; lý do bằng tiếng Anh ở dưới. Cách dùng: egov --help, hoặc egov LỆNH --help.")
        error.show()
        return 2
    if isinstance(error, BrokenPipeError):
        return 1  # whoever read our output has had enough
    raise error


def _print_json(reports: list[dict]) -> None:
    import json

    for report in reports:
        click.echo(json.dumps(report, ensure_ascii=False))


def _say(message: str) -> None:
    """To the person, not into the output."""
    click.echo(message, err=True)


def _ask_year(file_name: str) -> int | None:
    """The year of a file whose titles do not say; None where nobody sits at a terminal."""
    if not _is_answered():
        return None
    question = f"{file_name}: năm đánh giá? / the year of the scores?"
    return click.prompt(question, type=click.IntRange(1900, 2999), err=True)


def _ask_kind(file_name: str) -> str | None:
    """What a file is whose titles do not say; None where nobody sits at a terminal."""
    if not _is_answered():
        return None
    from .submissions import KIND_NAMES

    kinds = ", ".join(f"{kind} ({name})" for kind, name in KIND_NAMES.items())
    click.echo(f"{file_name}: {kinds}", err=True)
    question = "Loại hồ sơ? / What is the file?"
    return click.prompt(question, type=click.Choice(_KINDS), err=True, show_choices=False)


def _agree() -> bool | None:
    """Whether the person says yes; None where nobody sits at a terminal."""
    return click.confirm("Ghi lại? / Write it?", err=True) if _is_answered() else None


def _is_answered() -> bool:
    """Whether a person sits there who can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def _speak_utf8() -> None:
    """UTF-8 whatever the console's own encoding is; Windows has others. Where even the names of files are not UTF-8 (a
    server with `LC_ALL=C`), no path with Vietnamese letters can be told: Python starts again in its UTF-8 mode."""
    if sys.getfilesystemencoding() != "utf-8":
        os.execve(
            sys.executable,
            [sys.executable, "-X", "utf8", "-m", __package__, *map(os.fsencode, sys.argv[1:])],
            {**os.environ, "PYTHONUTF8": "1"},
        )
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
