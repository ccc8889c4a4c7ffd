"""Any file in, a document out: picks the reader by what the bytes are. Knows endings and signatures; opens no files."""

import re
from collections.abc import Callable

from rusq.errors import RusqError
from rusq.importing.document import HEADING, PARAGRAPH, Block, Document, Note
from rusq.importing.encodings import decoded
from rusq.importing.flow import may_be_heading
from rusq.importing.mend import font_map, remapped

TABLES = frozenset(("csv", "tsv", "tab", "jsonl", "ndjson"))
_READ_AS = {
    "txt": "text", "text": "text", "": "text", "md": "Markdown", "markdown": "Markdown", "html": "web page",
    "htm": "web page", "xhtml": "web page", "pdf": "PDF", "docx": "Word document", "docm": "Word document",
}  # fmt: skip
_READABLE = "txt, md, html, pdf, docx, csv, tsv and jsonl"
# More bytes than any document has; what is packed or drawn takes more of them than words do.
_MOST_BYTES = {"text": 100_000_000, "Markdown": 50_000_000, "web page": 50_000_000}
_FILE_BYTES = 500_000_000
_LINE_LETTERS = 10_000_000

# Endings of what is not read, and what to do about it.
_OTHER_WAYS = {
    **dict.fromkeys(("doc", "dot", "rtf", "odt", "ott", "wps", "pages", "wpd"), "open it and save it as .docx or PDF"),
    **dict.fromkeys(("xlsx", "xls", "xlsm", "ods", "numbers"), "open it and save the sheet as CSV (UTF-8)"),
    **dict.fromkeys(("pptx", "ppt", "odp", "key"), "open it and save it as PDF"),
    **dict.fromkeys(("epub", "mobi", "azw3", "djvu", "ps", "xps", "indd"), "convert it to PDF or .docx first"),
    **dict.fromkeys(("zip", "gz", "tgz", "7z", "rar", "tar", "xz", "bz2"), "unpack it and add the files in it"),
    **dict.fromkeys(("png", "jpg", "jpeg", "tif", "tiff", "gif", "webp", "heic"), "run OCR on it and save it as PDF"),
    **dict.fromkeys(("mht", "mhtml", "webarchive"), "save the page as .html or PDF"),
    "json": "save it as .jsonl, one object a line",
    "xml": "save its text as .txt, or its rows as CSV",
}
# What bytes begin with, as a name of what they are, and the ending for it.
_SIGNATURES = (
    (b"%PDF-", "PDF", "pdf"), (b"{\\rtf", "Rich Text file", "rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office file", "doc"),
    (b"\x89PNG", "picture", "png"), (b"\xff\xd8\xff", "picture", "jpg"), (b"GIF8", "picture", "gif"),
    (b"\x1f\x8b", "packed file", "gz"), (b"7z\xbc\xaf\x27\x1c", "packed file", "7z"), (b"Rar!", "packed file", "rar"),
)  # fmt: skip
# The first entries of a zip archive tell what it is.
_ARCHIVES = (
    (b"word/", "Word document", "docx"), (b"xl/", "spreadsheet", "xlsx"), (b"ppt/", "presentation", "pptx"),
    (b"application/epub", "e-book", "epub"), (b"application/vnd.oasis.opendocument.text", "OpenDocument text", "odt"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "spreadsheet", "ods"), (b"opendocument", "presentation", "odp"),
)  # fmt: skip
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_WORD = re.compile(r"[^\s.,:;!?()«»\"'”“/-]+")


def ignored(done: int, total: int) -> None:
    """Takes notice of no progress."""


def is_table(name: str) -> bool:
    """Whether a file of this name holds rows (`importing.table`) rather than a document."""
    return ending_of(name) in TABLES


def ending_of(name: str) -> str:
    """What stands after the last dot of a file's name, in lower case; "" for none."""
    stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot and stem.strip("./") and not re.search(r"[/\s]", ending) else ""


def read_file(raw: bytes, name: str, progress: Callable[[int, int], None] = ignored) -> Document:
    """The document in the bytes of a file called `name`; progress(done, total) is told of pages.

    A file that is empty, too large, unknown, or not what its ending says raises RusqError, as do the readers.
    Text that a broken font map garbled is repaired, whatever the format, with a note.
    """
    kind = _kind(raw, name)
    if kind in ("text", "Markdown", "web page"):
        _refuse_endless_line(raw, name)
    most = _MOST_BYTES.get(kind, _FILE_BYTES)
    if len(raw) > most:
        raise RusqError(f"'{name}' has {len(raw) // 1_000_000} MB; expected at most {most // 1_000_000} for a {kind}")
    document = _read(raw, name, kind, progress)
    if not document.blocks:
        raise RusqError(f"'{name}' has no text in it; expected headings, paragraphs or list items")
    return _with_title_first(_with_font_mended(document))


def _kind(raw: bytes, name: str) -> str:
    """What the file is to be read as; RusqError if it is nothing that can be, or not what its ending says."""
    if not raw.strip(b"\0 \t\r\n\f"):
        raise RusqError(f"'{name}' is empty; expected a text, a PDF, a Word document or a web page")
    ending = ending_of(name)
    found, belongs = _signature(raw)
    wanted = _READ_AS.get(ending, "")
    if not wanted and ending in _OTHER_WAYS:
        raise RusqError(f"'{name}' cannot be read; {_OTHER_WAYS[ending]}")
    if not wanted:
        raise RusqError(f"'{name}' has an ending that is not known; expected one of {_READABLE}")
    if not found:
        return _without_signature(raw, name, wanted)
    if found == "zip archive" and wanted == "Word document":
        return wanted  # its reader tells what is missing
    if found == "old Office file" and wanted == "Word document":
        _refuse_old_office(raw, name)
    if found == wanted or not ending:
        if found not in _READ_AS.values():
            raise RusqError(f"'{name}' is {_a(found)}; {_OTHER_WAYS[belongs]}")
        return found
    if belongs in _OTHER_WAYS:
        raise RusqError(f"'{name}' is no {wanted} but {_a(found)}; {_OTHER_WAYS[belongs]}")
    instead = " or download the PDF itself" if wanted == "PDF" else ""
    raise RusqError(f"'{name}' is no {wanted} but {_a(found)}; rename it to .{belongs}{instead}")


def _without_signature(raw: bytes, name: str, wanted: str) -> str:
    """What a file without a telling beginning is read as: text, Markdown, or a page without the usual opening."""
    if wanted == "PDF":
        # Some programs write bytes before the signature; readers look for it in the first thousand.
        if b"%PDF-" in raw[:1024]:
            return wanted
        raise RusqError(f"'{name}' is no PDF: it does not begin like one; download it again, or name it for what it is")
    if wanted == "Word document":
        raise RusqError(
            f"'{name}' is no Word document, or only a part of one; open it in Word and save it as .docx again"
        )
    return wanted


def _refuse_old_office(raw: bytes, name: str) -> None:
    if "EncryptedPackage".encode("utf-16-le") in raw:
        raise RusqError(f"'{name}' is encrypted; open it and save it as .docx without a password")
    raise RusqError(f"'{name}' is an old Word file under a new name; open it in Word and save it as .docx")


def _signature(raw: bytes) -> tuple[str, str]:
    """What the bytes are, told by how they begin, and the ending for it; "" twice if nothing tells."""
    for sign, what, ending in _SIGNATURES:
        if raw.startswith(sign):
            return what, ending
    if raw.startswith(b"PK\x03\x04"):
        # The names of the entries stand at the end once more.
        told = raw[:4096] + raw[-65_536:]
        return next(((what, ending) for sign, what, ending in _ARCHIVES if sign in told), ("zip archive", "zip"))
    opening = raw[:4096].replace(b"\0", b"") if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else raw[:4096]
    if _PAGE.match(opening.lstrip(b"\xef\xbb\xbf\xff\xfe")):
        return "web page", "html"
    return "", ""


def _a(what: str) -> str:
    return f"an {what}" if what[0].lower() in "aeio" else f"a {what}"


def _read(raw: bytes, name: str, kind: str, progress: Callable[[int, int], None]) -> Document:
    # Each reader is imported where it is needed: none but one is, and some bring libraries.
    if kind == "PDF":
        from rusq.importing.pdf import read_pdf

        return read_pdf(raw, name, progress)
    if kind == "Word document":
        from rusq.importing.docx import read_docx

        return read_docx(raw, name)
    if kind == "web page":
        from rusq.importing.html import read_html

        return read_html(raw, name)
    text, encoding = decoded(raw, name)
    if kind == "Markdown":
        from rusq.importing.markdown import read_markdown

        document = read_markdown(text, name)
    else:
        from rusq.importing.plain import read_plain

        document = read_plain(text, name)
    if encoding == "UTF-8":
        return document
    return document._replace(notes=(Note(f"read as {encoding}"), *document.notes))


def _refuse_endless_line(raw: bytes, name: str) -> None:
    start = 0
    while len(raw) - start > _LINE_LETTERS:
        end = max(raw.rfind(b"\n", start, start + _LINE_LETTERS), raw.rfind(b"\r", start, start + _LINE_LETTERS))
        if end < start:
            line = raw.count(b"\n", 0, start) + 1
            raise RusqError(
                f"'{name}' has a line of more than {_LINE_LETTERS // 1_000_000} million characters (line {line}); "
                "expected a paragraph a line"
            )
        start = end + 1


def _with_font_mended(document: Document) -> Document:
    """The document with the signs that a broken font map left in its words as the letters they stand for."""
    table = font_map(word for block in document.blocks for word in _WORD.findall(block.text))
    if not table:
        return document
    blocks = tuple(_remapped(block, table) for block in document.blocks)
    words = sum(old.text != new.text for old, new in zip(document.blocks, blocks, strict=True))
    said = ", ".join(f"«{sign}» for «{letters}»" for sign, letters in table.items())
    note = Note(f"a broken font had {said}: repaired in {words} lines")
    return Document(blocks, remapped(document.title, table), (*document.notes, note))


def _remapped(block: Block, table: dict[str, str]) -> Block:
    # Repaired text is longer, so the places where pages begin move with it.
    breaks = tuple(len(remapped(block.text[:place], table)) for place in block.breaks)
    return block._replace(text=remapped(block.text, table), breaks=breaks)


def _with_title_first(document: Document) -> Document:
    """The document with a first line that looks like a heading as one: read back from the kept text, it is one."""
    first, *rest = document.blocks
    if first.kind == PARAGRAPH and may_be_heading(first.text):
        first = first._replace(kind=HEADING, level=1, breaks=())
    title = document.title or (first.text if first.kind == HEADING else "")
    return document._replace(blocks=(first, *rest), title=title)
