"""A PDF's bytes in, its blocks out. Knows the steps from pages to blocks, and what can be wrong with a file."""

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from rusq.errors import RusqError
from rusq.importing import contents, furniture, headings
from rusq.importing.blocks import (
    Draft,
    Nesting,
    drafts_of,
    text_of,
    with_counted_items,
    with_unseen_marks,
    with_whole_lists,
)
from rusq.importing.document import HEADING, ITEM, PARAGRAPH, Block, Document, Note
from rusq.importing.fonts import parts_words, with_letters
from rusq.importing.mend import mended
from rusq.importing.order import columns_of, numbered, with_drawn_marks
from rusq.importing.pages import Sheet, sheet_of

_CREDIT = re.compile(r"\b(?:foto|fotograf|illustrasjon|ill\.)\s?[:/]", re.IGNORECASE)
_FILE_NAME = re.compile(r"\.(?:docx?|odt|indd|pages|pdf|rtf)\b|^\S*_\S*$|^(?:untitled|layout)\b", re.IGNORECASE)
_PASSWORD = 4  # pdfium's number for it


def _silently(_done: int, _total: int) -> None:
    pass


def read_pdf(raw: bytes, name: str, progress: Callable[[int, int], None] = _silently) -> Document:
    """What a PDF holds, in reading order; `name` is for messages, `progress` gets pages done and pages in all."""
    notes: list[Note] = []
    with _opened(raw, name) as pdf:
        sheets = list(_sheets(pdf, progress, notes))
        bookmarks = _bookmarks(pdf)
        title = _title(pdf)
    if not any(sheet.pieces for sheet in sheets):
        raise RusqError(_without_text(name, len(sheets), notes))
    blocks = _blocks(sheets, bookmarks, notes)
    return Document(tuple(blocks), title, tuple(notes))


# -- The file


def _opened(raw: bytes, name: str) -> Any:
    try:
        import pypdfium2
    except ImportError:
        raise RusqError(
            "reading PDF needs pypdfium2; install it with: pip install 'rusq[import]' (in a checkout: '.[import]')"
        ) from None
    if b"%PDF-" not in raw[:1024]:
        raise RusqError(f"'{name}' is no PDF: it does not begin with %PDF; check what the file really is")
    if b"%%EOF" not in raw[-4096:]:
        raise RusqError(f"'{name}' is cut off: the end of the PDF is missing; download or copy it again")
    try:
        pdf = pypdfium2.PdfDocument(raw)  # refuses one without pages
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            raise RusqError(f"'{name}' needs a password; save a copy of it without one") from None
        raise RusqError(f"'{name}' is damaged and cannot be read as PDF; download it or save it again") from None
    return pdf


def _without_text(name: str, pages: int, notes: Sequence[Note]) -> str:
    if len(notes) >= pages:
        return f"'{name}' has pages but none of them can be read; download it or save it again"
    return f"'{name}' has pages but no text: it is a scan; run OCR on it first"


def _sheets(pdf: Any, progress: Callable[[int, int], None], notes: list[Note]) -> Iterator[Sheet]:
    from pypdfium2 import PdfiumError

    total = len(pdf)
    for at in range(total):
        try:
            page = pdf[at]
            sheet = sheet_of(page, at + 1)
            page.close()
        except PdfiumError:
            notes.append(Note("this page cannot be read and is left out", page=at + 1))
            sheet = Sheet(at + 1, [], 0.0, 0.0)
        if sheet.turned > 2:
            notes.append(Note("text set at right angles to the page's is left out", page=at + 1))
        yield sheet
        progress(at + 1, total)


def _title(pdf: Any) -> str:
    """The title that the file states, "" where that is only a file's name."""
    try:
        title = mended(str(pdf.get_metadata_value("Title") or "")).removeprefix("Microsoft Word - ")
    except UnicodeError:
        return ""
    return "" if _FILE_NAME.search(title) or not any(sign.isalpha() for sign in title) else title


def _bookmarks(pdf: Any) -> dict[str, int]:
    """The levels of the bookmarks, from 0, by the letters of their titles."""
    from pypdfium2 import PdfiumError

    try:
        found = [(furniture.letters_of(mended(mark.get_title())), mark.level) for mark in
                 itertools.islice(pdf.get_toc(max_depth=6), 5000)]  # fmt: skip
    except (PdfiumError, UnicodeError):
        return {}
    return {title: level for title, level in reversed(found) if len(title) > 2}


# -- The text


def _blocks(sheets: Sequence[Sheet], bookmarks: dict[str, int], notes: list[Note]) -> Iterator[Block]:
    body = furniture.body_of(sheets)
    counted = furniture.without_line_numbers(with_drawn_marks(sheets))
    listed = contents.without_contents(counted, body)
    notes += [Note("contents left out", page=page) for page in listed.pages]
    running, examples = furniture.without_running_heads(listed.sheets, body, listed.titles | listed.large)
    if examples:
        notes.append(Note("running heads left out, such as " + ", ".join(f"«{mended(text)}»" for text in examples)))
    texts = [sheet.pieces for sheet in furniture.without_small_print(running, body) if sheet.pieces]
    lines, known = with_letters(numbered([columns_of(pieces, body.size) for pieces in texts]))
    drafts = with_counted_items(with_unseen_marks(drafts_of(lines, body), body), body)
    drafts = with_whole_lists(drafts, body)
    levels = headings.levels_of(drafts, body, headings.Evidence(listed.titles, bookmarks))
    words_of = partial(text_of, known=known, parted=parts_words(lines))
    yield from _texts(drafts, levels, words_of, body.size)


_WordsOf = Callable[[Draft], tuple[str, tuple[int, ...]]]


def _texts(drafts: Sequence[Draft], levels: dict[int, int], words_of: _WordsOf, size: float) -> Iterator[Block]:
    number = ""
    nesting = Nesting(size)
    for at, draft in enumerate(drafts):
        page = draft.lines[0].piece.page
        level = levels.get(at)
        if level is not None:
            text, _ = words_of(draft._replace(mark=0))
            titled = at + 1 in levels and drafts[at + 1].lines[0].piece.page == page
            if headings.is_number_alone(text) and titled and not number:
                number = text + " "
                continue
            yield Block(HEADING, number + text, level, page)
            number = ""
            continue
        text, breaks = words_of(draft)
        if _CREDIT.search(text) and draft.size < 0.95 * size:
            continue
        if any(sign.isalpha() or (draft.mark and sign.isalnum()) for sign in text):
            nesting.see(draft, text)
            yield Block(ITEM if draft.mark else PARAGRAPH, text, nesting.level, page, breaks)
