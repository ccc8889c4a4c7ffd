"""The inside of a Word document: the parts of its archive as XML, safely unpacked, and what its styles say.

Knows Office Open XML; not what becomes of it. Everything in it is taken to be hostile: sizes lie, XML entities
multiply, elements nest without end.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, NamedTuple
from xml.etree import ElementTree

from rusq.errors import RusqError
from rusq.importing.mend import mended

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"

# A programme of a thousand pages takes ten million bytes and three hundred thousand elements.
_PART_BYTES = 60_000_000
_ALL_BYTES = 4_000_000_000
_ELEMENTS = 1_500_000
_DEPTH = 400
_PIECE = 65_536
_DEPTHS = tuple("012345678")  # of list items, as Word counts them
_USUAL_SIZE = 20  # half points, where a document does not say

_HEADING_NAME = re.compile(r"(?:heading|overskrift|rubrik)\s*([1-9])")
_UNSTATED_TITLE = re.compile(r"(?:microsoft word|document\d*|dokument\d*|untitled|uten navn)\b", re.IGNORECASE)
_FAULTS = (
    ElementTree.ParseError, zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError,
    ValueError, LookupError, NotImplementedError, RuntimeError,
)  # fmt: skip


class Style(NamedTuple):
    """What a paragraph's style says of it: `name` is Word's English one in lower case, `size` in half points."""

    name: str
    level: int  # of a heading, 0 for none
    number: str  # of the list that a list item belongs to
    depth: int  # of a list item, 1 for the outermost; 0 for none
    bold: bool
    size: int


class Package:
    """The parts of the zip archive that a Word document is, none unpacked beyond what a document may hold."""

    def __init__(self, raw: bytes, name: str) -> None:
        self.name = name
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(raw))
            parts = self.archive.infolist()
        except _FAULTS as error:
            raise RusqError(
                f"'{name}' is no Word document, or only a part of one; open it in Word and save it as .docx again"
            ) from error
        self.parts = {part.filename: part for part in parts}
        self.main = next((known for known in ("word/document.xml", "word/document2.xml") if known in self.parts), "")
        if not self.main:
            raise RusqError(f"'{name}' is a zip archive, but no Word document; unpack it and add the files in it")
        if any(part.flag_bits & 1 for part in parts):
            raise RusqError(f"'{name}' is encrypted; open it and save it as .docx without a password")
        if sum(part.file_size for part in parts) > _ALL_BYTES or any(self._is_bomb(part) for part in parts):
            raise RusqError(f"'{name}' would unpack to far more than any document holds; it was not unpacked")

    def _is_bomb(self, part: zipfile.ZipInfo) -> bool:
        return part.filename.endswith(".xml") and part.file_size > _PART_BYTES

    def tree(self, part: str) -> ElementTree.Element | None:
        """A part of the document as XML, None where there is no such part."""
        if part not in self.parts:
            return None
        parser = ElementTree.XMLParser(target=_Builder(self.name))
        try:
            with self.archive.open(part) as file:
                for piece in self._pieces(file):
                    parser.feed(piece)
            root: ElementTree.Element = parser.close()
        except _FAULTS as error:
            raise self._damaged() from error
        return root

    def body(self) -> ElementTree.Element:
        """What holds the paragraphs, tables and controls of the document."""
        root = self.tree(self.main)
        body = root.find(f"{W}body") if root is not None else None
        if body is None:
            raise self._damaged()
        return body

    def title(self) -> str:
        """The title that the properties state, "" for none or one that Word made up."""
        core = self.tree("docProps/core.xml")
        title = mended(core.findtext(_TITLE) or "") if core is not None else ""
        return "" if _UNSTATED_TITLE.match(title) or title.lower().endswith((".doc", ".docx")) else title

    def _pieces(self, file: IO[bytes]) -> Iterator[bytes]:
        # What the directory of an archive says of sizes need not be true.
        unpacked = 0
        while piece := file.read(_PIECE):
            unpacked += len(piece)
            if unpacked > _PART_BYTES:
                raise RusqError(f"'{self.name}' would unpack to far more than any document holds; it was not read")
            yield piece

    def _damaged(self) -> RusqError:
        return RusqError(f"'{self.name}' is a damaged Word document; open it in Word and save it as .docx again")


class _Builder(ElementTree.TreeBuilder):
    """Builds a tree in the one namespace; refuses declarations, which no Word document has, and endless nesting."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._depth = self._count = 0

    def doctype(self, *_: object) -> None:
        raise RusqError(f"'{self._name}' declares XML entities, which no Word document does; it was not read")

    def start(self, tag: str, attrs: dict[str, str], /) -> ElementTree.Element:
        self._depth += 1
        self._count += 1
        if self._depth > _DEPTH or self._count > _ELEMENTS:
            raise RusqError(f"'{self._name}' is nested deeper or has more parts than any document; it was not read")
        if tag.startswith(_STRICT):
            tag = W + tag.removeprefix(_STRICT)
            attrs = {key.replace(_STRICT, W): value for key, value in attrs.items()}
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> ElementTree.Element:
        self._depth -= 1
        return super().end(W + tag.removeprefix(_STRICT) if tag.startswith(_STRICT) else tag)


class Styles:
    """What the styles and lists of a document say of a paragraph."""

    def __init__(self, styles: ElementTree.Element | None, numbering: ElementTree.Element | None) -> None:
        found = styles.iter(f"{W}style") if styles is not None else ()
        self._elements = {style.get(f"{W}styleId", ""): style for style in found}
        paragraphs = [style for style in self._elements.values() if style.get(f"{W}type") == "paragraph"]
        default = next((style for style in paragraphs if style.get(f"{W}default") in ("1", "true")), None)
        self._default = default.get(f"{W}styleId", "") if default is not None else ""
        self._unmarked = _unmarked_lists(numbering)
        size = value(styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if styles is not None else None, "sz")
        self._size = int(size) if size.isdigit() else _USUAL_SIZE
        self._known: dict[str, Style] = {}

    def of(self, properties: ElementTree.Element | None) -> Style:
        """The style of a paragraph, with what its own properties add."""
        named = value(properties, "pStyle") or self._default
        if named not in self._known:
            self._known[named] = self._style(named)
        return self._with(self._known[named], properties)

    def is_bold(self, run: ElementTree.Element | None, otherwise: bool) -> bool:
        """Whether a run is bold by its own properties, or by its character style's; `otherwise` if neither says."""
        style = self._elements.get(value(run, "rStyle"))
        return is_on(run, "b", is_on(style.find(f"{W}rPr") if style is not None else None, "b", otherwise))

    def _style(self, named: str) -> Style:
        chain: list[ElementTree.Element] = []
        at, seen = named, set[str]()
        while at in self._elements and at not in seen:
            seen.add(at)
            chain.insert(0, self._elements[at])
            at = value(self._elements[at], "basedOn")
        style = Style("", 0, "", 0, False, self._size)
        for element in chain:
            style = self._with(style, element.find(f"{W}pPr"), run=element.find(f"{W}rPr"))
        name = (value(chain[-1], "name") if chain else named).lower()
        told = _HEADING_NAME.match(name) or _HEADING_NAME.match(named.lower())
        return style._replace(name=name, level=int(told[1]) if told else style.level)

    def _with(
        self, style: Style, properties: ElementTree.Element | None, *, run: ElementTree.Element | None = None
    ) -> Style:
        if run is not None:
            size = value(run, "sz")
            style = style._replace(bold=is_on(run, "b", style.bold), size=int(size) if size.isdigit() else style.size)
        if properties is None:
            return style
        level = value(properties, "outlineLvl")
        if level.isdigit():
            style = style._replace(level=int(level) + 1 if int(level) < 9 else 0)
        numbered = properties.find(f"{W}numPr")
        if numbered is not None:
            # A style that rests on a list's may say only how much deeper its items stand.
            number, depth = value(numbered, "numId") or style.number, value(numbered, "ilvl") or "0"
            listed = number not in ("", "0") and (number, depth) not in self._unmarked
            style = style._replace(number=number, depth=(int(depth) + 1 if depth in _DEPTHS else 1) if listed else 0)
        return style


def _unmarked_lists(numbering: ElementTree.Element | None) -> set[tuple[str, str]]:
    """The lists and depths that show no mark, which are no lists to a reader."""
    if numbering is None:
        return set()
    plain = {
        (abstract.get(f"{W}abstractNumId", ""), level.get(f"{W}ilvl", "0"))
        for abstract in numbering.iter(f"{W}abstractNum")
        for level in abstract.iter(f"{W}lvl")
        if value(level, "numFmt") == "none"
    }
    return {
        (number.get(f"{W}numId", ""), depth)
        for number in numbering.iter(f"{W}num")
        for abstract, depth in plain
        if value(number, "abstractNumId") == abstract
    }


def value(element: ElementTree.Element | None, name: str) -> str:
    """What the child called `name` is set to, "" without one."""
    found = element.find(W + name) if element is not None else None
    return found.get(f"{W}val", "") if found is not None else ""


def is_on(element: ElementTree.Element | None, name: str, otherwise: bool = False) -> bool:
    """Whether the property called `name` is on; `otherwise` where nothing is said of it."""
    found = element.find(W + name) if element is not None else None
    return otherwise if found is None else found.get(f"{W}val", "1") not in ("0", "false", "off", "none")
