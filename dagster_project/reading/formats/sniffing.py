"""What a file is, by its content, and whether its name may end as it does.

Here: signatures, what an archive holds, and the endings that a format goes by. Not here: reading (one module a format).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..document import Unreadable
from . import refusals
from .archive import Archive
from .compound import SIGNATURE as COMPOUND
from .compound import Compound
from .decoding import decode
from .limits import MAX_FILE_BYTES, MEGABYTE

# What may stand in a file of each ending: one kind of workbook is often saved under the ending of another, and portals
# call web pages and text '.xls'. Endings that are not listed promise nothing.
_ALLOWED = {
    ".xls": {"xlsx", "xlsm", "xls", "ods", "html", "text"},
    ".doc": {"docx", "html"},
    ".pdf": {"pdf"},
    **{ending: {"xlsx", "xlsm", "xls", "ods"} for ending in (".xlsx", ".xlsm", ".xltx", ".xltm", ".ods")},
    **{ending: {"docx"} for ending in (".docx", ".docm", ".dotx", ".dotm")},
    **{ending: {"html"} for ending in (".html", ".htm", ".xhtml")},
    **{ending: {"text"} for ending in (".txt", ".csv", ".tsv", ".tab")},
}
_NAMES = {
    "xlsx": ("an Excel workbook", "bảng tính Excel"),
    "xlsm": ("an Excel workbook with macros", "bảng tính Excel có macro"),
    "xls": ("a workbook of Excel 97", "bảng tính Excel 97"),
    "ods": ("an OpenDocument spreadsheet", "bảng tính OpenDocument"),
    "docx": ("a Word document", "văn bản Word"),
    "pdf": ("a PDF", "tệp PDF"),
    "html": ("a web page", "trang web (HTML)"),
    "text": ("plain text", "văn bản thuần"),
}
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|style|div)\b",
    re.IGNORECASE | re.DOTALL,
)
_OFFICE_XML = re.compile(r"\s*<\?xml[^>]*>.{0,500}(?:mso-application|microsoft-com:office|flat-opc)", re.I | re.S)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"RIFF")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_BLANK = b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"


@dataclass(frozen=True, slots=True)
class Content:
    """What a file turned out to be. format: of `read_grids`, or 'text', whose name or delimiter tells which.
    opened: the archive, compound file or text, for the reader; None for a PDF. extension: in small letters, '.pdf'."""

    format: str
    opened: Archive | Compound | str | None = None
    extension: str = ""


def recognise(content: bytes, file_name: str) -> Content:
    """What the file is. Raises Unreadable where it is empty, damaged, of no format that is read, or not what its name
    says."""
    base = re.split(r"[/\\]", file_name)[-1]
    dot = base.rfind(".")
    extension = base[dot:].lower() if dot > 0 else ""
    if base.startswith("~$"):
        raise refusals.lock_file()
    if not content.strip(_BLANK):
        raise refusals.empty_file()
    if len(content) > MAX_FILE_BYTES:
        raise refusals.expands_too_much("is {} MB large", "có dung lượng {} MB", len(content) // MEGABYTE)
    try:
        found = _by_signature(content) or _by_text(content, extension)
    except Unreadable as refusal:
        if refusal.reason == "unsupported_format" and extension in _ALLOWED and extension != ".doc":
            raise _misnamed(extension, refusal) from refusal
        raise
    allowed = _ALLOWED.get(extension)
    if allowed is not None and found.format not in allowed:
        raise refusals.content_is_not_what_the_extension_says(extension, *_NAMES[found.format])
    return replace(found, extension=extension)


def _by_signature(content: bytes) -> Content | None:
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _archive(Archive(content))
    if content.startswith(COMPOUND):
        return _compound(Compound(content))
    if b"%PDF-" in content[:1024]:
        return Content("pdf")
    if content.startswith(b"{\\rtf"):
        raise refusals.unsupported_format("a rich text document (RTF)", "văn bản RTF", ".docx")
    if content.startswith(_PICTURES):
        raise refusals.unsupported_format("a picture", "tệp ảnh", ".xlsx, .docx, .pdf")
    if content.startswith(_ARCHIVES):
        raise _unpack_first()
    return None


def _archive(archive: Archive) -> Content:
    """What an archive holds, by the parts that are in it."""
    kind = archive.read("mimetype")[:80].decode("ascii", "replace") if "mimetype" in archive else ""
    if "xl/workbook.xml" in archive:
        return Content("xlsm" if "xl/vbaProject.bin" in archive else "xlsx", archive)
    if "word/document.xml" in archive:
        return Content("docx", archive)
    if "content.xml" in archive and "opendocument.spreadsheet" in kind:
        return Content("ods", archive)
    if "content.xml" in archive:
        raise refusals.unsupported_format("an OpenDocument text", "văn bản OpenDocument", ".docx")
    if "xl/workbook.bin" in archive:
        raise refusals.unsupported_format("a binary Excel workbook", "bảng tính Excel nhị phân", ".xlsx")
    if "ppt/presentation.xml" in archive:
        raise refusals.unsupported_format("a presentation", "tệp trình chiếu", ".xlsx, .docx")
    raise _unpack_first()


def _compound(compound: Compound) -> Content:
    names = compound.names
    if "EncryptedPackage" in names:
        raise refusals.password_protected()
    if "Workbook" in names or "Book" in names:
        return Content("xls", compound)
    if "WordDocument" in names:
        raise refusals.unsupported_format("a document of Word 97 (.doc)", "văn bản Word 97 (.doc)", ".docx")
    raise refusals.unsupported_format("of an old Office format", "định dạng Office cũ", ".xlsx, .docx")


def _by_text(content: bytes, extension: str) -> Content:
    text = decode(content)
    if text is None:
        if extension in _ALLOWED:
            raise refusals.damaged_file("its content is not recognised", "không nhận ra nội dung")
        raise refusals.unsupported_format("of an unknown format", "định dạng không xác định", ".xlsx, .docx, .pdf")
    if _ALLOWED.get(extension) != {"text"}:
        if _OFFICE_XML.match(text[:4096]):
            raise refusals.unsupported_format("an XML file of Office 2003", "tệp XML của Office 2003", ".xlsx, .docx")
        if text[:4096].lstrip().lower().startswith("mime-version:"):
            raise refusals.unsupported_format("a web archive", "trang web lưu trữ (MHT)", ".xlsx, .docx")
        if _HTML.match(text[:65536]):
            return Content("html", text)
        if extension == ".xml":
            raise refusals.unsupported_format("an XML file", "tệp XML", ".xlsx, .docx")
    return Content("text", text)


def _unpack_first() -> Unreadable:
    return Unreadable(
        "unsupported_format",
        "The file is an archive of files: unpack it and send the files that are in it.",
        "Tệp là tệp nén: hãy giải nén rồi gửi từng tệp bên trong.",
    )


def _misnamed(extension: str, refusal: Unreadable) -> Unreadable:
    """The refusal of what is read under no name, for a file whose name promises something that is."""
    english, vietnamese = str(refusal), refusal.vietnamese
    return Unreadable(
        "content_is_not_what_the_extension_says",
        f"The name ends in {extension}, but {english[0].lower()}{english[1:]}",
        f"Tên tệp có đuôi {extension} nhưng {vietnamese[0].lower()}{vietnamese[1:]}",
    )
