"""A file is read by what its bytes are, and one that cannot be read is refused in one clear line."""

from __future__ import annotations

import io
import zipfile

import pytest

from rusq.errors import RusqError
from rusq.importing.document import HEADING, ITEM, PARAGRAPH, Block, Document
from rusq.importing.reading import ending_of, is_table, read_file

PAGE = b"<!DOCTYPE html><html><body><main><h1>Helse</h1><p>Vi vil hjelpe.</p></main></body></html>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def archive(*names: str, text: str = "<a/>") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for name in names:
            package.writestr(name, text)
    return packed.getvalue()


def word(text: str) -> bytes:
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = f'<d:document xmlns:d="{namespace}"><d:body><d:p><d:r><d:t>{text}</d:t></d:r></d:p></d:body></d:document>'
    return archive("word/document.xml", text=body)


READ = {
    "text": (b"Vi vil hjelpe.", "x.txt"),
    "text without an ending": (b"Vi vil hjelpe.", "program"),
    "text in capitals": (b"Vi vil hjelpe.", "X.TXT"),
    "UTF-16": ("Vi vil hjelpe.".encode("utf-16"), "x.txt"),
    "Markdown": (b"*Vi* vil hjelpe.", "x.md"),
    "a page": (b"<!doctype html><p>Vi vil hjelpe.", "x.html"),
    "a page without an opening": (b"<p>Vi vil hjelpe.", "x.htm"),
    "a page without an ending": (b"<html><p>Vi vil hjelpe.", "lagret"),
    "a page after a mark and a comment": (b"\xef\xbb\xbf <!-- a --><html><p>Vi vil hjelpe.", "x.html"),
    "a Word document": (word("Vi vil hjelpe."), "x.docx"),
    "a Word document without an ending": (word("Vi vil hjelpe."), "x"),
}


@pytest.mark.parametrize(("raw", "name"), READ.values(), ids=READ.keys())
def test_every_format_is_read(raw: bytes, name: str) -> None:
    assert read_file(raw, name).blocks == (Block(PARAGRAPH, "Vi vil hjelpe."),)


PDF = b"%PDF-1.4\n%\xe2\xe3\n"
REFUSED = {
    "nothing": (b"", "x.txt", "is empty; expected a text, a PDF, a Word document or a web page"),
    "white space": (b" \n\r\n\t", "x.md", "is empty"),
    "no words": (b"*** \n\n---\n", "x.txt", "has no text in it"),
    "a page saved as PDF": (PAGE, "x.pdf", "is no PDF but a web page; rename it to .html or download the PDF itself"),
    "a PDF saved as text": (PDF, "x.txt", "is no text but a PDF; rename it to .pdf"),
    "a PDF saved as a page": (PDF, "x.html", "is no web page but a PDF; rename it to .pdf"),
    "a page saved as text": (PAGE, "x.txt", "is no text but a web page; rename it to .html"),
    "a page saved as Word": (PAGE, "x.docx", "is no Word document but a web page; rename it to .html"),
    "a Word document saved as PDF": (word("Vi"), "x.pdf", "is no PDF but a Word document; rename it to .docx"),
    "a sheet saved as Word": (archive("xl/workbook.xml"), "x.docx", "is no Word document but a spreadsheet; open it"),
    "text saved as PDF": (b"Vi vil", "x.pdf", "is no PDF: it does not begin like one"),
    "text saved as Word": (b"Vi vil", "x.docx", "is no Word document, or only a part of one"),
    "an archive saved as Word": (archive("noe.txt"), "x.docx", "is a zip archive, but no Word document"),
    "a picture saved as text": (b"\x89PNG\r\n\x1a\n", "x.txt", "is no text but a picture; run OCR on it"),
    "RTF saved as Word": (b"{\\rtf1 Vi}", "x.docx", "is no Word document but a Rich Text file; open it"),
    "an old Word file by its name": (OLE, "x.doc", "cannot be read; open it and save it as .docx or PDF"),
    "an old Word file renamed": (OLE, "x.docx", "is an old Word file under a new name"),
    "an old Word file without an ending": (OLE, "x", "is an old Office file; open it"),
    "a Word document with a password": (
        OLE + "EncryptedPackage".encode("utf-16-le"), "x.docx", "is encrypted; open it and save it as .docx without"),
    "OpenDocument": (archive("content.xml"), "x.odt", "cannot be read; open it and save it as .docx or PDF"),
    "RTF": (b"{\\rtf1 Vi}", "x.rtf", "cannot be read; open it and save it as .docx or PDF"),
    "an e-book": (archive("a"), "x.epub", "cannot be read; convert it to PDF or .docx first"),
    "a spreadsheet": (archive("xl/a"), "x.xlsx", "cannot be read; open it and save the sheet as CSV (UTF-8)"),
    "JSON": (b"{}", "x.json", "cannot be read; save it as .jsonl, one object a line"),
    "an unknown ending": (b"Vi vil", "x.tull", "has an ending that is not known; expected one of txt, md"),
    "NULs": (b"Vi \0 vil " * 9, "x.txt", "is no text: byte 3 is a NUL"),
}  # fmt: skip


@pytest.mark.parametrize(("raw", "name", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_read_is_refused_in_one_line(raw: bytes, name: str, said: str) -> None:
    with pytest.raises(RusqError) as caught:
        read_file(raw, name)
    assert str(caught.value).startswith(f"'{name}' ")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_endless_line_is_refused_before_it_is_read() -> None:
    with pytest.raises(RusqError, match=r"'x\.md' has a line of more than 10 million characters \(line 2\)"):
        read_file(b"Vi vil.\n" + b"x" * 10_000_001, "x.md")


def test_more_text_than_any_document_has_is_refused() -> None:
    with pytest.raises(RusqError, match=r"'x\.txt' has 100 MB; expected at most 100 for a text"):
        read_file((b"x" * 999_999 + b"\n") * 100 + b"x", "x.txt")


def test_a_pdf_goes_to_its_reader_with_the_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    from rusq.importing import pdf

    def read_pdf(raw: bytes, name: str, progress: object) -> Document:
        assert (raw, name, progress) == (PDF, "x.pdf", told)
        return Document((Block(PARAGRAPH, "Fra PDF."),))

    def told(done: int, total: int) -> None: ...

    monkeypatch.setattr(pdf, "read_pdf", read_pdf)
    assert read_file(PDF, "x.pdf", told).blocks[0].text == "Fra PDF."


def test_rows_are_told_by_the_name() -> None:
    assert [name for name in ("a.csv", "b.TSV", "c.jsonl", "d.ndjson", "e.txt", "f.xlsx", "csv") if is_table(name)] == [
        "a.csv", "b.TSV", "c.jsonl", "d.ndjson",
    ]  # fmt: skip


ENDINGS = {"x.txt": "txt", "a.b.PDF": "pdf", "x": "", ".html": "", "2. utkast til program": "", "mappe.d/fil": ""}


@pytest.mark.parametrize(("name", "ending"), ENDINGS.items(), ids=ENDINGS.keys())
def test_an_ending_is_what_stands_after_the_last_dot(name: str, ending: str) -> None:
    assert ending_of(name) == ending


def test_a_broken_font_is_mended_whatever_the_format_and_told() -> None:
    text = (
        "# OWisiell\n\nDet oWentlige må skaWe seg straWer som virker. Nye straWer.\n\n- et oWentlig eid iPhone-lager\n"
    )
    document = read_file(text.encode(), "x.md")
    assert [block.text for block in document.blocks][1:] == [
        "Det offentlige må skaffe seg straffer som virker. Nye straffer.",
        "et offentlig eid iPhone-lager",
    ]
    assert [note.what for note in document.notes] == ["a broken font had «W» for «ff»: repaired in 2 lines"]


def test_pages_that_begin_in_mended_text_begin_at_the_same_word() -> None:
    text = "• a\nDet oWentlige skal skaWe straWer. \fStraWene skal virke.\n"
    block = read_file(text.encode(), "x.txt").blocks[-1]
    assert block.text[block.breaks[0] :] == "Straffene skal virke."


def test_the_encoding_is_told_unless_it_is_utf_8() -> None:
    assert read_file("Smør på brødet.".encode("iso-8859-1"), "x.txt").notes[0].what == "read as ISO-8859-1"
    assert read_file("Smør på brødet.".encode(), "x.txt").notes == ()


def test_a_first_line_that_looks_like_a_heading_is_the_title() -> None:
    document = read_file(word("Solprogrammet 2025–2029"), "x.docx")
    assert document == Document((Block(HEADING, "Solprogrammet 2025–2029"),), "Solprogrammet 2025–2029")


def test_nothing_a_terminal_obeys_comes_through() -> None:
    raw = "# \x1b[31mRødt\x1b[0m\n\n- \u202eVi\u202c vil\x07\x9b\n\nMer\u200b \x1b]0;x\x07her.\n".encode()
    for name in ("x.md", "x.txt"):
        document = read_file(raw, name)
        assert [(block.kind, block.text) for block in document.blocks] == [
            (HEADING, "Rødt"), (ITEM, "Vi vil"), (PARAGRAPH, "Mer her."),
        ]  # fmt: skip
