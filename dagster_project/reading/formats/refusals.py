"""Why a file is not read, in the user's words: one function per reason, one sentence in each language.

Here: the sentences. Not here: when a file is refused (each reader). They do not name the file: whoever shows them does.
"""

from __future__ import annotations

from ..document import Unreadable
from .limits import MAX_ROWS


def password_protected() -> Unreadable:
    return Unreadable(
        "password_protected",
        "The file is protected with a password: open it, remove the password and send it again.",
        "Tệp được bảo vệ bằng mật khẩu: hãy mở tệp, bỏ mật khẩu rồi gửi lại.",
    )


def image_only_pdf(page: int | None = None) -> Unreadable:
    """page: the one that is a picture, None where all are."""
    where_en = "The PDF holds only pictures of pages" if page is None else f"Page {page} of the PDF is a picture"
    where_vi = "Tệp PDF chỉ có ảnh chụp các trang" if page is None else f"Trang {page} của tệp PDF là ảnh chụp"
    return Unreadable(
        "image_only_pdf",
        f"{where_en} without text: send the Word or Excel file that it was made from, or a PDF saved from that file.",
        f"{where_vi}, không có chữ: hãy gửi tệp Word hoặc Excel gốc, hoặc tệp PDF lưu trực tiếp từ tệp gốc đó.",
    )


def letters_without_meaning() -> Unreadable:
    """A PDF whose fonts do not say which letters their shapes are: as good as a picture."""
    return Unreadable(
        "image_only_pdf",
        "The letters of the PDF can be seen but not read (its fonts do not say what they are): "
        "send the Word or Excel file that it was made from.",
        "Chữ trong tệp PDF chỉ nhìn được mà không đọc được (phông chữ không cho biết mã ký tự): "
        "hãy gửi tệp Word hoặc Excel gốc.",
    )


def unsupported_format(english: str, vietnamese: str, save_as: str) -> Unreadable:
    """english, vietnamese: what the file is, with its article; save_as: the endings to save it under."""
    return Unreadable(
        "unsupported_format",
        f"The file is {english}, which is not read: save it as {save_as} and send that.",
        f"Tệp là {vietnamese}, không thuộc các định dạng được đọc: hãy lưu lại thành {save_as} rồi gửi.",
    )


def lock_file() -> Unreadable:
    return Unreadable(
        "unsupported_format",
        "This is the file that Office keeps beside an open document, not the document: send the one without '~$'.",
        "Đây là tệp tạm mà Office tạo ra khi đang mở tài liệu, không phải tài liệu: hãy gửi tệp không có '~$' ở tên.",
    )


def damaged_file(english: str = "its end is missing", vietnamese: str = "thiếu phần cuối") -> Unreadable:
    """english, vietnamese: what is wrong with it."""
    return Unreadable(
        "damaged_file",
        f"The file is damaged ({english}): open the original, save it once more and send it again.",
        f"Tệp bị hỏng ({vietnamese}): hãy mở bản gốc, lưu lại rồi gửi lại.",
    )


def content_is_not_what_the_extension_says(extension: str, english: str, vietnamese: str) -> Unreadable:
    """extension: with its point; english, vietnamese: what the content is, with its article."""
    return Unreadable(
        "content_is_not_what_the_extension_says",
        f"The name ends in {extension}, but the content is {english}: give the file its right ending and send it so.",
        f"Tên tệp có đuôi {extension} nhưng nội dung là {vietnamese}: hãy đặt lại đúng đuôi tệp rồi gửi lại.",
    )


def empty_file() -> Unreadable:
    return Unreadable(
        "empty_file",
        "The file is empty: check the original and send it again.",
        "Tệp rỗng, không có nội dung: hãy kiểm tra bản gốc rồi gửi lại.",
    )


def expands_too_much(english: str, vietnamese: str, number: int | None = None) -> Unreadable:
    """english, vietnamese: a clause that says how the file is too large, without subject, with '{}' for a number."""
    if number is not None:
        english, vietnamese = english.format(f"{number:,}"), vietnamese.format(_grouped(number))
    return Unreadable(
        "expands_too_much",
        f"The file {english}, far more than score tables need, and is not opened: copy the tables into a new file.",
        f"Tệp {vietnamese}, vượt xa mức cần cho bảng điểm nên không được mở: hãy chép các bảng sang một tệp mới.",
    )


def doctype_in_xml(part: str) -> Unreadable:
    return Unreadable(
        "doctype_in_xml",
        f"The file holds a document type declaration (DOCTYPE in {part}), which no office program writes and which can "
        "hide an attack: copy the tables into a new file.",
        f"Tệp chứa khai báo kiểu tài liệu (DOCTYPE trong {part}), phần mềm văn phòng không tạo ra khai báo này và nó "
        "có thể là mã tấn công: hãy chép các bảng sang một tệp mới.",
    )


def too_many_rows(sheet: str | None, last_row: int | None = None) -> Unreadable:
    """sheet: its name, None where the format has none; last_row: where a single cell stands too far down."""
    where_en = "The file" if sheet is None else f"The sheet '{sheet}'"
    where_vi = "Tệp" if sheet is None else f"Trang tính '{sheet}'"
    what_en = f"has more than {MAX_ROWS:,} rows" if last_row is None else f"reaches down to row {last_row:,}"
    limit = _grouped(MAX_ROWS)
    what_vi = f"có hơn {limit} dòng" if last_row is None else f"kéo dài đến dòng {_grouped(last_row)}"
    return Unreadable(
        "too_many_rows",
        f"{where_en} {what_en}, and at most {MAX_ROWS:,} are read: delete what lies below the score tables.",
        f"{where_vi} {what_vi}, trong khi chỉ đọc tối đa {limit} dòng: hãy xóa phần nằm dưới các bảng điểm.",
    )


def _grouped(number: int) -> str:
    """A whole number as Vietnamese writes it: 1.048.576."""
    return f"{number:,}".replace(",", ".")
