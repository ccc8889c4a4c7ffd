"""Items of inner lists hang on an outer item, whichever format says so, and are shown with its words as lead-in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rusq.importing.document import ITEM, Document, kept_text
from rusq.importing.docx import read_docx
from rusq.importing.html import read_html
from rusq.importing.markdown import read_markdown
from rusq.model import Source
from rusq.parse import parse_document

pytest.importorskip("selectolax")

SOURCE = Source("x2025", "X", "x.txt")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STYLES = f"""<w:styles xmlns:w="{W}">
<w:style w:type="paragraph" w:styleId="Punkt"><w:name w:val="Punkt"/>
  <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Underpunkt"><w:name w:val="Underpunkt"/><w:basedOn w:val="Punkt"/>
  <w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Punktliste"><w:name w:val="List Bullet"/></w:style>
<w:style w:type="paragraph" w:styleId="Punktliste2"><w:name w:val="List Bullet 2"/></w:style>
</w:styles>"""
NUMBERING = f"""<w:numbering xmlns:w="{W}">
<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="1"><w:numFmt w:val="none"/></w:lvl></w:abstractNum>
<w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num></w:numbering>"""


class Item(NamedTuple):
    """A list item as it is kept and read back."""

    mark: str
    text: str
    lead_in: str | None


def kept(document: Document) -> list[Item]:
    """The list items of a document, as its kept text has them."""
    text = kept_text(document.blocks)
    statements = parse_document(text, SOURCE).statements
    # The mark and a space stand before the words.
    return [Item(text[each.start - 2], each.text, each.lead_in) for each in statements if each.kind == "bullet"]


def markdown(text: str) -> Document:
    return read_markdown(text, "x.md")


def page(inside: str) -> Document:
    return read_html(f"<!doctype html><meta charset=utf-8><body><main>{inside}</main>".encode(), "x.html")


def word(paragraphs: Sequence[str]) -> Document:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        body = f'<w:document xmlns:w="{W}"><w:body>{"".join(paragraphs)}</w:body></w:document>'
        for name, text in (("document", body), ("styles", STYLES), ("numbering", NUMBERING)):
            package.writestr(f"word/{name}.xml", text)
    return read_docx(packed.getvalue(), "x.docx")


def p(text: str, depth: int | None = None, *, style: str = "", number: int = 1) -> str:
    """A paragraph of a Word document; `depth` is a list item's, 0 for the outermost."""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    listed = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>' if depth is not None else ""
    lines = "<w:br/>".join(f"<w:t>{line}</w:t>" for line in text.split("\n"))
    return f"<w:p><w:pPr>{styled}{listed}</w:pPr><w:r>{lines}</w:r></w:p>"


# -- What all three can say

UNDER = [
    Item("•", "styrke skolen, herunder:", "Vi vil:"),
    Item("◦", "flere lærere", "Vi vil: styrke skolen, herunder:"),
    Item("◦", "mindre klasser", "Vi vil: styrke skolen, herunder:"),
]
BACK = [*UNDER, Item("•", "styrke barnehagen", "Vi vil:")]
WITHOUT_COLON = [Item("•", "styrke skolen", "Vi vil:"), Item("◦", "flere lærere", "Vi vil:")]
DEEPER = [
    *UNDER[:2],
    Item("◦", "i hele landet:", "Vi vil: styrke skolen, herunder:"),
    Item("◦", "i nord", "Vi vil: styrke skolen, herunder:"),
    Item("◦", "mindre klasser", "Vi vil: styrke skolen, herunder:"),
    Item("•", "styrke barnehagen", "Vi vil:"),
]
DEEPER_LEADS = [
    Item("•", "Skole", "Vi vil:"),
    Item("◦", "ha fri", "Vi vil:"),
    Item("•", "styrke skolen, herunder:", "Vi vil:"),
    Item("◦", "flere lærere", "Vi vil: styrke skolen, herunder:"),
    Item("•", "ha mat", "Vi vil:"),
    Item("•", "Helse", "Vi vil:"),
    Item("◦", "flere leger", "Vi vil:"),
]
WORDLESS = [Item("•", "flere lærere", "Vi vil:"), Item("•", "mindre klasser", "Vi vil:")]
ANEW = [*UNDER[:2], Item("•", "bygge vei", "Vi skal:"), Item("◦", "i nord", "Vi skal:")]

LISTS: dict[str, tuple[str, str, list[str], list[Item]]] = {
    "an inner list": (
        "Vi vil:\n\n- styrke skolen, herunder:\n    - flere lærere\n    - mindre klasser\n",
        "<p>Vi vil:</p><ul><li>styrke skolen, herunder:<ul><li>flere lærere</li><li>mindre klasser</li></ul></li></ul>",
        [p("Vi vil:"), p("styrke skolen, herunder:", 0), p("flere lærere", 1), p("mindre klasser", 1)],
        UNDER,
    ),
    "back to the outer list": (
        "Vi vil:\n- styrke skolen, herunder:\n  - flere lærere\n  - mindre klasser\n- styrke barnehagen\n",
        "<p>Vi vil:</p><ul><li>styrke skolen, herunder:<ul><li>flere lærere<li>mindre klasser</ul>"
        "<li>styrke barnehagen</ul>",
        [p("Vi vil:"), p("styrke skolen, herunder:", 0), p("flere lærere", 1), p("mindre klasser", 1),
         p("styrke barnehagen", 0)],
        BACK,
    ),
    "numbered within bulleted": (
        "Vi vil:\n* styrke skolen, herunder:\n    1. flere lærere\n    2. mindre klasser\n* styrke barnehagen\n",
        "<p>Vi vil:</p><ul><li>styrke skolen, herunder:<ol><li>flere lærere<li>mindre klasser</ol>"
        "<li>styrke barnehagen</ul>",
        [p("Vi vil:"), p("styrke skolen, herunder:", 0), p("flere lærere", 1, number=3),
         p("mindre klasser", 1, number=3), p("styrke barnehagen", 0)],
        BACK,
    ),
    "bulleted within numbered": (
        "Vi vil:\n\n1. styrke skolen, herunder:\n   - flere lærere\n   - mindre klasser\n2. styrke barnehagen\n",
        "<p>Vi vil:</p><ol><li>styrke skolen, herunder:<ul><li>flere lærere<li>mindre klasser</ul>"
        "<li>styrke barnehagen</ol>",
        [p("Vi vil:"), p("styrke skolen, herunder:", 0, number=3), p("flere lærere", 1), p("mindre klasser", 1),
         p("styrke barnehagen", 0, number=3)],
        BACK,
    ),
    "an outer item without a colon": (
        "Vi vil:\n- styrke skolen\n  - flere lærere\n",
        "<p>Vi vil:</p><ul><li>styrke skolen<ul><li>flere lærere</ul></ul>",
        [p("Vi vil:"), p("styrke skolen", 0), p("flere lærere", 1)],
        WITHOUT_COLON,
    ),
    "three lists within one another": (
        "Vi vil:\n- styrke skolen, herunder:\n  - flere lærere\n  - i hele landet:\n    - i nord\n  - mindre klasser\n"
        "- styrke barnehagen\n",
        "<p>Vi vil:</p><ul><li>styrke skolen, herunder:<ul><li>flere lærere<li>i hele landet:<ul><li>i nord</ul>"
        "<li>mindre klasser</ul><li>styrke barnehagen</ul>",
        [p("Vi vil:"), p("styrke skolen, herunder:", 0), p("flere lærere", 1), p("i hele landet:", 1), p("i nord", 2),
         p("mindre klasser", 1), p("styrke barnehagen", 0)],
        DEEPER,
    ),
    "an inner item that leads on where the outer does not": (
        "Vi vil:\n- Skole\n  - ha fri\n  - styrke skolen, herunder:\n    - flere lærere\n  - ha mat\n- Helse\n"
        "  - flere leger\n",
        "<p>Vi vil:</p><ul><li>Skole<ul><li>ha fri<li>styrke skolen, herunder:<ul><li>flere lærere</ul><li>ha mat</ul>"
        "<li>Helse<ul><li>flere leger</ul></ul>",
        [p("Vi vil:"), p("Skole", 0), p("ha fri", 1), p("styrke skolen, herunder:", 1), p("flere lærere", 2),
         p("ha mat", 1), p("Helse", 0), p("flere leger", 1)],
        DEEPER_LEADS,
    ),
    "an inner list without words in the outer item": (
        "Vi vil:\n- - flere lærere\n  - mindre klasser\n",
        "<p>Vi vil:</p><ul><li><ul><li>flere lærere<li>mindre klasser</ul></ul>",
        [p("Vi vil:"), p("", 0), p("flere lærere", 1), p("mindre klasser", 1)],
        WORDLESS,
    ),
    "an item without words between the outer item and the inner list": (
        "Vi vil:\n- styrke skolen, herunder:\n- - flere lærere\n  - mindre klasser\n",
        "<p>Vi vil:</p><ul><li>styrke skolen, herunder:<li><ul><li>flere lærere<li>mindre klasser</ul></ul>",
        [p("Vi vil:"), p("styrke skolen, herunder:", 0), p("", 0), p("flere lærere", 1), p("mindre klasser", 1)],
        UNDER,
    ),
    "another list after a lead-in": (
        "Vi vil:\n- styrke skolen, herunder:\n  - flere lærere\n\nVi skal:\n- bygge vei\n  - i nord\n",
        "<p>Vi vil:</p><ul><li>styrke skolen, herunder:<ul><li>flere lærere</ul></ul><p>Vi skal:</p>"
        "<ul><li>bygge vei<ul><li>i nord</ul></ul>",
        [p("Vi vil:"), p("styrke skolen, herunder:", 0), p("flere lærere", 1), p("Vi skal:"), p("bygge vei", 0),
         p("i nord", 1)],
        ANEW,
    ),
    "dashes within an item": (
        "Vi vil:\n- styrke skolen, herunder:<br>– flere lærere<br>– mindre klasser\n- styrke barnehagen\n",
        "<p>Vi vil:</p><ul><li>styrke skolen, herunder:<br>– flere lærere<br>– mindre klasser"
        "<li>styrke barnehagen</ul>",
        [p("Vi vil:"), p("styrke skolen, herunder:\n– flere lærere\n– mindre klasser", 0), p("styrke barnehagen", 0)],
        BACK,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "items"), [(case[0], case[3]) for case in LISTS.values()], ids=LISTS.keys())
def test_in_markdown_an_inner_item_hangs_on_the_outer(text: str, items: list[Item]) -> None:
    assert kept(markdown(text)) == items


@pytest.mark.parametrize(("inside", "items"), [(case[1], case[3]) for case in LISTS.values()], ids=LISTS.keys())
def test_on_a_web_page_an_inner_item_hangs_on_the_outer(inside: str, items: list[Item]) -> None:
    assert kept(page(inside)) == items


@pytest.mark.parametrize(("paragraphs", "items"), [(case[2], case[3]) for case in LISTS.values()], ids=LISTS.keys())
def test_in_a_word_document_an_inner_item_hangs_on_the_outer(paragraphs: list[str], items: list[Item]) -> None:
    assert kept(word(paragraphs)) == items


# -- What only one can say

BESIDE = [UNDER[0], Item("•", "flere lærere", "Vi vil:")]
AFTER_A_PARAGRAPH = [UNDER[0], Item("◦", "flere lærere", None), Item("•", "styrke barnehagen", None)]
ALONE: dict[str, tuple[Callable[..., Document], str | list[str], list[Item]]] = {
    "Markdown: a paragraph between the outer item and the inner list": (
        markdown, "Vi vil:\n- styrke skolen, herunder:\n\n  Det haster.\n\n  - flere lærere\n- styrke barnehagen\n",
        AFTER_A_PARAGRAPH,
    ),
    "Markdown: an inner item that leads on after such a paragraph": (
        markdown, "Vi vil:\n- Skole, herunder:\n\n  Det haster.\n\n  - flere timer:\n    - i norsk\n",
        [Item("•", "Skole, herunder:", "Vi vil:"), Item("•", "flere timer:", None),
         Item("◦", "i norsk", "flere timer:")],
    ),
    "Markdown: letters before the paragraphs of an item": (
        markdown, "Vi vil:\n- styrke skolen, herunder:\n\n  a) Flere lærere\n\n  b) Mindre klasser\n",
        [UNDER[0], *(item._replace(text=item.text.capitalize()) for item in UNDER[1:])],
    ),
    "a web page: a paragraph between the outer item and the inner list": (
        page,
        "<p>Vi vil:</p><ul><li><p>styrke skolen, herunder:</p><p>Det haster.</p><ul><li>flere lærere</ul>"
        "<li>styrke barnehagen</ul>",
        AFTER_A_PARAGRAPH,
    ),
    "a web page: an inner list beside its item": (
        page,
        "<p>Vi vil:</p><ul><li>styrke skolen, herunder:</li><ul><li>flere lærere</li><li>mindre klasser</li></ul>"
        "<li>styrke barnehagen</li></ul>",
        BACK,
    ),
    "a web page: a list set in by another": (
        page, "<p>Vi vil:</p><ul><ul><li>flere lærere</li><li>mindre klasser</li></ul></ul>", WORDLESS,
    ),
    "a web page: a mark written in an item": (
        page, "<p>Vi vil:</p><ul><li>styrke skolen, herunder:<li>• flere lærere</ul>", BESIDE,
    ),
    "a web page: words after the inner list": (
        page, "<p>Vi vil:</p><ul><li>styrke skolen, herunder:<ul><li>flere lærere</ul>Det haster.</ul>", UNDER[:2],
    ),
    "Word: styles, of which one says no more than how deep": (
        word,
        [p("Vi vil:"), p("styrke skolen, herunder:", style="Punkt"), p("flere lærere", style="Underpunkt"),
         p("mindre klasser", style="Underpunkt"), p("styrke barnehagen", style="Punkt")],
        BACK,
    ),
    "Word: its own styles for lists": (
        word,
        [p("Vi vil:"), p("styrke skolen, herunder:", style="Punktliste"), p("flere lærere", style="Punktliste2"),
         p("mindre klasser", 1, style="Punktliste"), p("styrke barnehagen", style="Punktliste")],
        BACK,
    ),
    "Word: a list that begins further in": (
        word, [p("Vi vil:"), p("flere lærere", 1), p("mindre klasser", 1)], WORDLESS,
    ),
    "Word: a list that begins further in after a heading": (
        word, [p("Vi vil:"), p("styrke skolen, herunder:", 0), p("Helse", style="Overskrift2"), p("flere leger", 1)],
        [UNDER[0], Item("•", "flere leger", None)],
    ),
    "Word: an inner list that shows no marks": (
        word, [p("Vi vil:"), p("styrke skolen, herunder:", 0, number=2), p("flere lærere", 1, number=2)], UNDER[:1],
    ),
    "Word: depths that Word does not count": (
        word, [p("Vi vil:"), p("styrke skolen, herunder:", 0), p("flere lærere", -1), p("mindre klasser", 99)],
        [*BESIDE, Item("•", "mindre klasser", "Vi vil:")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("read", "source", "items"), ALONE.values(), ids=ALONE.keys())
def test_each_format_has_ways_of_its_own(
    read: Callable[..., Document], source: str | list[str], items: list[Item]
) -> None:
    assert kept(read(source)) == items


# -- Any list, written in each format and read back


class Entry(NamedTuple):
    """An item that a list is written with; `depth` from 0."""

    depth: int
    text: str
    numbered: bool


@st.composite
def lists(draw: st.DrawFn) -> list[Entry]:
    """Lists within lists, no item more than one deeper than the one before."""
    entries: list[Entry] = []
    for at in range(draw(st.integers(1, 9))):
        depth = draw(st.integers(0, entries[-1].depth + 1 if entries else 0))
        end = draw(st.sampled_from(["", ".", ":"]))
        entries.append(Entry(depth, f"gi hjelp {at}{end}", draw(st.booleans())))
    return entries


def in_markdown(entries: Sequence[Entry]) -> Document:
    lines = [f"{'    ' * entry.depth}{'1.' if entry.numbered else '-'} {entry.text}" for entry in entries]
    return markdown("\n".join(["Vi vil:", "", *lines]))


def on_a_page(entries: Sequence[Entry]) -> Document:
    inside, open_ = "<p>Vi vil:</p>", list[str]()
    for entry in entries:
        while len(open_) > entry.depth + 1:
            inside += f"</li></{open_.pop()}>"
        if len(open_) == entry.depth + 1:
            inside += "</li>"
        else:
            open_.append("ol" if entry.numbered else "ul")
            inside += f"<{open_[-1]}>"
        inside += f"<li>{entry.text}"
    return page(inside)


def in_word(entries: Sequence[Entry]) -> Document:
    return word([p("Vi vil:"), *(p(entry.text, entry.depth, number=3 + entry.numbered) for entry in entries)])


def lead_ins(entries: Sequence[Entry]) -> list[str]:
    """What each item hangs on: the words before the list, and the outermost item around it that ends in a colon."""
    around: list[Entry] = []
    result: list[str] = []
    for entry in entries:
        around = around[: entry.depth]
        leading = [outer.text for outer in around if outer.text.endswith(":")]
        result.append(" ".join(["Vi vil:", *leading[:1]]))
        around.append(entry)
    return result


@pytest.mark.parametrize("written", [in_markdown, on_a_page, in_word])
@given(entries=lists())
def test_any_list_reads_back_with_all_that_its_items_hang_on(
    written: Callable[[Sequence[Entry]], Document], entries: list[Entry]
) -> None:
    document = written(entries)
    items = kept(document)
    assert [item.text for item in items] == [entry.text for entry in entries]
    assert [item.lead_in for item in items] == lead_ins(entries)
    assert [{"•": 1, "◦": 2}[item.mark] for item in items] == [
        block.level for block in document.blocks if block.kind == ITEM
    ]


@pytest.mark.parametrize("written", [in_markdown, on_a_page, in_word])
@given(entries=lists().filter(lambda entries: all(entry.depth < 2 for entry in entries)))
def test_of_two_lists_the_inner_has_marks_of_its_own(
    written: Callable[[Sequence[Entry]], Document], entries: list[Entry]
) -> None:
    marks = [item.mark for item in kept(written(entries))]
    assert marks == ["•◦"[entry.depth] for entry in entries]
