"""A Word document in, a document out. Knows paragraphs, runs, tables and what Word does not print; opens no files.

Read with the standard library: python-docx gives neither insertions, text boxes nor list styles, so the XML
would be walked by ourselves all the same, and it unpacks whatever a file claims to hold.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from rusq.importing.document import HEADING, ITEM, PARAGRAPH, Block, Document, Note
from rusq.importing.flow import blocks_of, has_words, is_contents_line, is_note_mark, joined, may_be_heading, settled
from rusq.importing.ooxml import CHOICE, FALLBACK, MATH, Package, Style, Styles, W, is_on, value

_CONTENTS_NAME = re.compile(r"(?:toc|innh|innholdsfortegnelse|table of figures|figurliste|toa)\b|(?:toc|innh)\s*\d")
_LIST_NAME = re.compile(r"(?:list bullet|list number|punktliste|nummerert liste)\s*([1-9]?)")
_SKIPPED = frozenset(W + name for name in (
    "del", "moveFrom", "instrText", "delText", "delInstrText", "rPr", "pPr", "commentReference", "object", "sectPr",
    "tblPr", "tcPr", "trPr", "rt", "footnoteRef",
))  # fmt: skip
_NOTE_MARKS = (f"{W}footnoteReference", f"{W}endnoteReference")
_MANY = {"line of contents": "lines of contents"}


class _Run(NamedTuple):
    text: str
    bold: bool
    size: int  # in half points
    raised: bool = False


def read_docx(raw: bytes, name: str) -> Document:
    """The headings, list items, paragraphs and table rows of a .docx as it would print with all changes accepted.

    What is left out: deletions, comments, headers, footers, footnotes, captions and tables of contents, with a
    note of each. `title` is that of the Title style, else of the properties, else the first heading.
    """
    package = Package(raw, name)
    body = package.body()
    walk = _Walk(Styles(package.tree("word/styles.xml"), package.tree("word/numbering.xml")), body)
    blocks: list[Block] = []
    for element in body:
        blocks += walk.blocks(element)
    blocks = settled(_with_levels(blocks))
    first = blocks[0].text if blocks and blocks[0].kind == HEADING else ""
    return Document(tuple(blocks), walk.title or package.title() or first, tuple(walk.said()))


class _Walk:
    """One pass over a document: gives the blocks, and counts what it leaves out."""

    def __init__(self, styles: Styles, body: Element) -> None:
        self.title = ""
        self._styles = styles
        self._usual_size = self._most_often(body)
        self._carried = ""  # of a paragraph whose end was deleted
        self._left_out: dict[str, int] = {}
        self._boxes: list[Element] = []

    def said(self) -> Iterator[Note]:
        for what, count in self._left_out.items():
            yield Note(f"left out {count} {_MANY.get(what, what + 's') if count > 1 else what}")

    def blocks(self, element: Element) -> Iterator[Block]:
        """A paragraph, a table or a control as blocks."""
        if element.tag == f"{W}p":
            yield from self._paragraph(element)
        elif element.tag == f"{W}tbl":
            yield from self._table(element)
        elif element.tag == f"{W}sdt" and "contents" in self._gallery(element):
            self._count("line of contents", sum(1 for _ in element.iter(f"{W}p")))
        elif element.tag not in _SKIPPED and element.tag != FALLBACK:
            for child in element:
                yield from self.blocks(child)

    def _most_often(self, body: Element) -> int:
        """The size most letters have, in half points."""
        sizes = Counter[int]()
        for element in body.iter(f"{W}p"):
            style = self._styles.of(element.find(f"{W}pPr"))
            for run in element.iter(f"{W}r"):
                size = value(run.find(f"{W}rPr"), "sz")
                length = sum(len(text.text or "") for text in run.iter(f"{W}t"))
                sizes[int(size) if size.isdigit() else style.size] += length
        return max(sizes, key=lambda size: sizes[size], default=0)

    def _paragraph(self, element: Element) -> Iterator[Block]:
        properties = element.find(f"{W}pPr")
        style = self._styles.of(properties)
        runs = _without_note_marks(self._runs(element, style))
        text = self._carried + "".join(run.text for run in runs)
        self._carried = ""
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            self._carried = text
        elif has_words(text):
            yield from self._of_text(text, style, runs)
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            for child in box:
                yield from self.blocks(child)

    def _of_text(self, text: str, style: Style, runs: list[_Run]) -> Iterator[Block]:
        whole = joined(text.split("\n"))
        depth = _depth(style)
        if _CONTENTS_NAME.match(style.name) or is_contents_line(whole):
            self._count("line of contents", 1)
        elif style.name in ("caption", "bildetekst"):
            self._count("caption", 1)
        elif style.name in ("title", "tittel"):
            self.title = self.title or whole
            yield Block(HEADING, whole, 1)
        elif style.level:
            yield Block(HEADING, whole, style.level)
        elif style.name in ("subtitle", "undertittel") and may_be_heading(whole):
            yield Block(HEADING, whole, 2)
        elif depth:
            yield from blocks_of(text.split("\n"), kind=ITEM, depth=depth)
        elif self._is_set_as_heading(runs) and may_be_heading(whole):
            # The level is told by the size, once all are known; see _with_levels.
            yield Block(HEADING, whole, -max(run.size for run in runs))
        else:
            first, lines = text.split("\n")[0], text.split("\n")
            if len(lines) > 1 and self._is_set_as_heading(_first_line(runs)) and may_be_heading(joined([first])):
                yield Block(HEADING, joined([first]), -max(run.size for run in _first_line(runs)))
                lines = lines[1:]
            yield from blocks_of(lines)

    def _is_set_as_heading(self, runs: list[_Run]) -> bool:
        """Whether all words of a paragraph without a heading's style are bold or larger than most."""
        worded = [run for run in runs if has_words(run.text)]
        return bool(worded) and (
            all(run.bold for run in worded) or all(7 * run.size >= 8 * self._usual_size > 0 for run in worded)
        )

    def _runs(self, element: Element, style: Style) -> Iterator[_Run]:
        """The runs of a paragraph; text boxes that hang on it are put aside."""
        for child in element:
            if child.tag in _NOTE_MARKS:
                self._count("footnote", 1)
            elif child.tag == f"{W}txbxContent":
                self._boxes.append(child)
            elif child.tag == f"{W}r":
                properties = child.find(f"{W}rPr")
                text = "" if is_on(properties, "vanish") else "".join(self._texts(child))
                size = value(properties, "sz")
                yield _Run(
                    text,
                    self._styles.is_bold(properties, style.bold),
                    int(size) if size.isdigit() else style.size,
                    value(properties, "vertAlign") == "superscript" or value(properties, "position").isdigit(),
                )
            elif child.tag == f"{MATH}t":
                yield _Run(child.text or "", style.bold, style.size)
            elif child.tag not in _SKIPPED and child.tag != FALLBACK:
                yield from self._runs(child, style)

    def _texts(self, run: Element) -> Iterator[str]:
        for child in run:
            if child.tag == f"{W}t":
                yield child.text or ""
            elif child.tag in (f"{W}tab", f"{W}ptab"):
                yield " "
            elif child.tag in (f"{W}br", f"{W}cr"):
                yield "\n"
            elif child.tag == f"{W}noBreakHyphen":
                yield "-"
            elif child.tag == f"{W}softHyphen":
                yield "\u00ad"
            elif child.tag in _NOTE_MARKS:
                self._count("footnote", 1)
            elif child.tag == f"{W}txbxContent":
                self._boxes.append(child)
            elif child.tag not in _SKIPPED and child.tag != FALLBACK:
                yield from self._texts(child)

    def _table(self, table: Element) -> Iterator[Block]:
        """A table's rows, a paragraph each with the cells parted by bars; what stands in the cells, where it is
        a frame for headings, lists or several paragraphs."""
        rows = [[list(self._cell(cell)) for cell in _within(row, "tc")] for row in _within(table, "tr")]
        cells = [[cell for cell in row if cell] for row in rows]
        is_frame = any(len(cell) > 1 or not _is_datum(cell[0]) for row in cells for cell in row)
        for row in cells:
            if is_frame or len(row) < 2:
                yield from (block for cell in row for block in cell)
            else:
                yield Block(PARAGRAPH, " | ".join(cell[0].text for cell in row))

    def _cell(self, cell: Element) -> Iterator[Block]:
        for child in cell:
            yield from self.blocks(child)

    def _gallery(self, control: Element) -> str:
        found = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
        return found.get(f"{W}val", "").lower() if found is not None else ""

    def _count(self, what: str, count: int) -> None:
        self._left_out[what] = self._left_out.get(what, 0) + count


def _depth(style: Style) -> int:
    """How deep in lists a paragraph stands, by its numbering or the name of its style («List Bullet 2»); 0 for none."""
    named = _LIST_NAME.match(style.name)
    return max(style.depth, int(named[1] or 1) if named else 0)


def _is_datum(block: Block) -> bool:
    """Whether a cell that holds this alone may be one of data; a column's name in bold is no heading."""
    return block.kind == PARAGRAPH or (block.kind == HEADING and block.level < 1)


def _without_note_marks(runs: Iterator[_Run]) -> list[_Run]:
    """The runs without those that are a footnote's mark, set by hand."""
    kept: list[_Run] = []
    for run in runs:
        before = kept[-1].text if kept else ""
        if not (run.raised and is_note_mark(run.text, before)):
            kept.append(run)
    return kept


def _first_line(runs: list[_Run]) -> list[_Run]:
    """The runs up to the first line break of a paragraph."""
    line: list[_Run] = []
    for run in runs:
        words, broken, _ = run.text.partition("\n")
        line.append(run._replace(text=words))
        if broken:
            break
    return line


def _within(element: Element, name: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, those in controls and insertions too, not those of inner tables."""
    for child in element:
        if child.tag == W + name:
            deleted = child.find(f"{W}trPr/{W}del") is not None
            yield from () if deleted else (child,)
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", CHOICE):
            yield from _within(child, name)


def _with_levels(blocks: list[Block]) -> list[Block]:
    """The same blocks, headings told by their looks (level below 1) under the styled one before, larger ones first."""
    sizes = sorted({block.level for block in blocks if block.kind == HEADING and block.level < 1})
    styled, result = 0, []
    for block in blocks:
        if block.kind == HEADING and block.level > 0:
            styled = block.level
        elif block.kind == HEADING:
            block = block._replace(level=styled + 1 + sizes.index(block.level))
        result.append(block)
    return result
