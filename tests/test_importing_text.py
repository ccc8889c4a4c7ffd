"""Encodings, plain text and Markdown: what stands in a file comes out as headings, list items and paragraphs."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rusq.errors import RusqError
from rusq.importing.document import HEADING, ITEM, PARAGRAPH, Block, kept_text
from rusq.importing.encodings import decoded
from rusq.importing.markdown import read_markdown
from rusq.importing.mend import mended
from rusq.importing.plain import read_plain
from rusq.model import Source
from rusq.parse import parse_document

SOURCE = Source("x2025", "X", "x.txt")


def shown(blocks: tuple[Block, ...]) -> list[str]:
    """A line a block: # heading, • item, or the paragraph."""
    marks = {HEADING: "#", ITEM: "•", PARAGRAPH: ""}
    return [
        f"{marks[block.kind] * (block.level if block.kind == HEADING else 1)} {block.text}".strip() for block in blocks
    ]


# -- Encodings

SENTENCE = "Vi vil sørge for gode råd på «Ås»"
ENCODED = {
    "UTF-8": (SENTENCE.encode(), "UTF-8"),
    "UTF-8 with a mark": (b"\xef\xbb\xbf" + SENTENCE.encode(), "UTF-8"),
    "UTF-16 with a mark": (SENTENCE.encode("utf-16"), "UTF-16"),
    "UTF-16 little": (SENTENCE.encode("utf-16-le"), "UTF-16"),
    "UTF-16 big": (SENTENCE.encode("utf-16-be"), "UTF-16"),
    "UTF-32": (SENTENCE.encode("utf-32"), "UTF-32"),
    "ISO-8859-1": (SENTENCE.encode("iso-8859-1"), "ISO-8859-1"),
    "Mac": (SENTENCE.encode("mac_roman"), "Mac Roman"),
    "DOS": (SENTENCE.replace("Ås", "Os").replace("«", "").replace("»", "").encode("cp865"), "CP865"),
    "twice": (SENTENCE.encode().decode("cp1252").encode(), "UTF-8, written twice over"),
}


@pytest.mark.parametrize(("raw", "called"), ENCODED.values(), ids=ENCODED.keys())
def test_the_encoding_is_told_by_the_bytes(raw: bytes, called: str) -> None:
    expected = SENTENCE if called != "CP865" else "Vi vil sørge for gode råd på Os"
    assert decoded(raw, "x.txt") == (expected, called)


def test_one_short_word_is_enough_to_tell_latin_1() -> None:
    assert decoded("smørbrød".encode("iso-8859-1"), "x.txt") == ("smørbrød", "ISO-8859-1")


def test_windows_quotation_marks_tell_windows() -> None:
    assert decoded("“ja” – på".encode("cp1252"), "x.txt") == ("“ja” – på", "Windows-1252")


def test_one_stray_byte_does_not_garble_the_rest() -> None:
    assert decoded("Vi må få råd på ".encode() + b"\xf8rje", "x.txt")[0] == "Vi må få råd på ørje"


def test_line_ends_become_line_feeds() -> None:
    assert decoded(b"a\r\nb\rc\n", "x.txt")[0] == "a\nb\nc\n"


@given(st.text(alphabet="abc æøåÆØÅ\n", min_size=1).filter(lambda text: not text.isascii()))
def test_every_norwegian_text_is_read_from_utf_8_and_latin_1(text: str) -> None:
    assert decoded(text.encode(), "x")[0] == text
    assert decoded(text.encode("iso-8859-1"), "x")[0] == text


NO_TEXT = {
    "a NUL": (b"Vi vil\0 ha mer", "is no text: byte 6 is a NUL"),
    "controls": (bytes(range(1, 9)) * 40, "control characters"),
    "half UTF-16": (b"\xff\xfea\x00\x00\xd8b\x00", "says it is UTF-16, but byte"),
}


@pytest.mark.parametrize(("raw", "said"), NO_TEXT.values(), ids=NO_TEXT.keys())
def test_bytes_that_are_no_text_are_refused(raw: bytes, said: str) -> None:
    with pytest.raises(RusqError, match=said) as caught:
        decoded(raw, "fil.txt")
    assert "'fil.txt'" in str(caught.value)


# -- Plain text

PLAIN = {
    "wrapped lines": (
        "Vi går inn for en ny rusmiddel-\npolitikk med hjelp til rus- og\npsykiatripasienter i EØS-\nlandene nå.\n",
        ["Vi går inn for en ny rusmiddelpolitikk med hjelp til rus- og psykiatripasienter i EØS-landene nå."],
    ),
    "a short line ends a paragraph": (
        "Dette avsnittet er langt og går over flere linjer\nfør det slutter.\nDet neste begynner her og er like\n"
        "langt som det\nførste var.\n",
        [
            "Dette avsnittet er langt og går over flere linjer før det slutter.",
            "Det neste begynner her og er like langt som det første var.",
        ],
    ),
    "one line a paragraph": (
        "Dette er ett avsnitt.\nDette er et annet avsnitt.\n",
        ["Dette er ett avsnitt.", "Dette er et annet avsnitt."],
    ),
    "underlined headings": (
        "Solprogrammet\n=============\n\nHelse\n-----\nVi vil hjelpe.\n",
        ["# Solprogrammet", "## Helse", "Vi vil hjelpe."],
    ),
    "headings set apart": (
        "Solprogrammet\n\nVi er mange.\n\nSkole og utdanning\n\nVi vil lære.\n",
        ["# Solprogrammet", "Vi er mange.", "# Skole og utdanning", "Vi vil lære."],
    ),
    "numbered headings": (
        "Program\n\n1 Helse\n\nVi vil hjelpe.\n\n1.2 Rus og psykiatri\n\nVi vil hjelpe mer.\n",
        ["# Program", "# 1 Helse", "Vi vil hjelpe.", "## 1.2 Rus og psykiatri", "Vi vil hjelpe mer."],
    ),
    "chapters without empty lines": (
        "Program\n1 Helse\n1.1 Rus\nVi vil hjelpe.\n• gi mer\n1.2 Tenner\nVi vil hjelpe mer.\n",
        ["# Program", "# 1 Helse", "## 1.1 Rus", "Vi vil hjelpe.", "• gi mer", "## 1.2 Tenner", "Vi vil hjelpe mer."],
    ),
    "headings without empty lines": (
        "Program\nHelse\nVi vil hjelpe dem som venter.\n• gi mer\nSkole\nVi vil lære dem noe.\n",
        ["# Program", "# Helse", "Vi vil hjelpe dem som venter.", "• gi mer", "# Skole", "Vi vil lære dem noe."],
    ),
    "a list without marks": (
        "Program\n\nDette vil vi nå:\nFlere leger\nFærre køer\nBedre tenner\nDet haster.\n",
        ["# Program", "Dette vil vi nå:", "Flere leger", "Færre køer", "Bedre tenner", "Det haster."],
    ),
    "numbered lines apart are items": (
        "Program\n\n1. Flere leger\n\n2. Færre køer\n\nDet haster.\n",
        ["# Program", "• Flere leger", "• Færre køer", "Det haster."],
    ),
    "numbered lines over text are headings": (
        "Program\n\n1. Helse\n\nVi vil hjelpe.\n\n2. Skole\n\nVi vil lære.\n",
        ["# Program", "# 1. Helse", "Vi vil hjelpe.", "# 2. Skole", "Vi vil lære."],
    ),
    "capitals above the rest": (
        "Program\n\nHELSE\n\nVi vil hjelpe.\n\nRus\n\nMer hjelp trengs.\n",
        ["# Program", "# HELSE", "Vi vil hjelpe.", "## Rus", "Mer hjelp trengs."],
    ),
    "odd marks": (
        "Vi vil:\n\x07gi hjelp\n\uf0b7 gi mer\n✔ gi mest\no også i kø\n",
        ["Vi vil:", "• gi hjelp", "• gi mer", "• gi mest", "• også i kø"],
    ),
    "a mark on its own line": (
        "Vi vil:\n•\ngi hjelp til alle\n•\ngi mer\n",
        ["Vi vil:", "• gi hjelp til alle", "• gi mer"],
    ),
    "items that go on": (
        "Vi vil:\n- gi hjelp til alle som\n  trenger det\n- bygge ut tilbudet i hele\n  landet\nDette skjer i år.\n",
        ["Vi vil:", "• gi hjelp til alle som trenger det", "• bygge ut tilbudet i hele landet", "Dette skjer i år."],
    ),
    "numbered items": ("Mål:\n1. Flere leger\n2. Færre køer\n", ["Mål:", "• Flere leger", "• Færre køer"]),
    "an ordinal is no number": ("Overskrift\n\n3. klasse skal ha fri.\n", ["# Overskrift", "3. klasse skal ha fri."]),
    "a date is no number": ("Overskrift\n\n17. mai er fri.\n", ["# Overskrift", "17. mai er fri."]),
    "speech is no item": (
        "Overskrift\n\n– Vi må gjøre mer, sier Kari Nordmann.\n",
        ["# Overskrift", "– Vi må gjøre mer, sier Kari Nordmann."],
    ),
    "dashes after a lead-in": ("Vi vil:\n– gi hjelp\n– gi mer\n", ["Vi vil:", "• gi hjelp", "• gi mer"]),
    "a dash in a wrapped sentence": (
        "Det viktigste for oss i denne perioden er hjelp\n- og mye av den - til alle som står i køen og venter.\n",
        ["Det viktigste for oss i denne perioden er hjelp - og mye av den - til alle som står i køen og venter."],
    ),
    "a lead-in is no heading": ("Venstrepartiet vil\n\n• gi hjelp\n", ["Venstrepartiet vil", "• gi hjelp"]),
    "a caption is no heading": (
        "Helse\n\nFoto: Kari Nordmann\n\nVi vil.\n",
        ["# Helse", "Foto: Kari Nordmann", "Vi vil."],
    ),
}


@pytest.mark.parametrize(("text", "blocks"), PLAIN.values(), ids=PLAIN.keys())
def test_plain_text_is_read_as_it_is_set(text: str, blocks: list[str]) -> None:
    assert shown(read_plain(text, "x.txt").blocks) == blocks


def test_form_feeds_are_pages_and_a_sentence_goes_on_over_them() -> None:
    blocks = read_plain("Helse\n\nVi vil gi hjelp til alle som\n\ftrenger det. Nå.\n\n\fNy side.\n", "x.txt").blocks
    assert blocks[1:] == (
        Block(PARAGRAPH, "Vi vil gi hjelp til alle som trenger det. Nå.", page=1, breaks=(29,)),
        Block(PARAGRAPH, "Ny side.", page=3),
    )


def test_running_heads_and_page_numbers_are_left_out_and_told() -> None:
    pages = [f"Solpartiets program {number}\n\n{text}\n\n{number}\n" for number, text in
             enumerate(["Helse er viktig.", "Skole er viktig.", "Vei er viktig.", "Fred er viktig."], 1)]  # fmt: skip
    document = read_plain("\f".join(pages), "x.txt")
    assert [block.text for block in document.blocks] == [
        "Helse er viktig.", "Skole er viktig.", "Vei er viktig.", "Fred er viktig.",
    ]  # fmt: skip
    assert [note.what for note in document.notes] == [
        "left out 8 running heads and page numbers, such as «Solpartiets program 1»"
    ] or document.notes[0].what.startswith("left out 8 running heads and page numbers, such as «Solpartiets program ")


def test_page_numbers_within_a_page_are_left_out() -> None:
    pages = [
        f"Vi vil hjelpe {who}.\n\n{number}\n\nDet haster {who}.\n"
        for number, who in enumerate(["alle", "mange", "få"], 2)
    ]
    document = read_plain("\f".join(pages), "x.txt")
    assert [block.text for block in document.blocks if block.text.isdigit()] == []
    assert len(document.blocks) == 6


def test_a_year_that_stands_alone_is_no_page_number() -> None:
    pages = ["Vi vil hjelpe alle.\n\n2025\n\nDet haster veldig.\n", "Vi vil hjelpe mange.\n", "Vi vil hjelpe få.\n"]
    assert "2025" in [block.text for block in read_plain("\f".join(pages), "x.txt").blocks]


def test_headings_in_a_row_that_come_again_are_contents() -> None:
    names = ["Helse", "Skole", "Vei og bane", "Forsvar"]
    text = "Program\n\n" + "\n\n".join(names) + "\n\n" + "\n\n".join(f"{name}\n\nVi vil mye." for name in names) + "\n"
    document = read_plain(text, "x.txt")
    assert [block.text for block in document.blocks if block.kind == HEADING] == ["Program", *names]
    assert [note.what for note in document.notes] == ["left out 4 lines of contents"]


def test_lines_of_contents_are_left_out_and_told() -> None:
    document = read_plain("Program\n\nHelse ........... 3\nSkole . . . . . . . 12\n\nVi vil hjelpe.\n", "x.txt")
    assert shown(document.blocks) == ["# Program", "Vi vil hjelpe."]
    assert [(note.what, note.line) for note in document.notes] == [("left out 2 lines of contents", 3)]


def letters(text: str) -> str:
    return "".join(filter(str.isalpha, text))


@given(st.text(alphabet="aB ÆÅå.,:\n-•#=_\t\f–", max_size=80))
def test_no_letter_of_a_plain_text_is_lost(text: str) -> None:
    document = read_plain(text, "x.txt")
    if not document.notes:  # what is left out is told
        assert letters("".join(block.text for block in document.blocks)) == letters(text)


# -- Kept and read back

_WORDS = (
    "Vi vil rus- # - – • 1. 3. klasse a) b) Høyre: § * 17. mai les for 2025. «Nå» æøå C# foto: 12) « ( det. Ja! + o"
)
_LINES = st.one_of(
    st.lists(st.sampled_from(_WORDS.split()), min_size=1, max_size=7).map(" ".join), st.text(max_size=30).map(mended)
)
_TEXTS = _LINES.filter(lambda text: any(map(str.isalnum, text)))
_BLOCKS = st.lists(
    st.one_of(
        st.tuples(st.just(HEADING), _TEXTS, st.integers(1, 6)),
        st.tuples(st.just(ITEM), _TEXTS, st.integers(1, 2)),
        st.tuples(st.just(PARAGRAPH), _TEXTS),
    ).map(lambda fields: Block(*fields)),
    max_size=6,
).map(lambda blocks: [Block(HEADING, "Tittel"), *blocks])
_NUMBERED = re.compile(r"(?:\d{1,3}[.)]|[^\W\d_]{1,3}\)) ")  # a list's numbers, which `parse` takes off


@given(_BLOCKS)
def test_what_is_kept_is_read_back_as_the_same_blocks(blocks: list[Block]) -> None:
    assert list(read_plain(kept_text(blocks), "x.txt").blocks) == blocks


@given(_BLOCKS)
def test_the_statements_of_a_kept_text_are_its_blocks(blocks: list[Block]) -> None:
    text = kept_text(blocks)
    parsed = parse_document(text, SOURCE)
    lines = [number for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    why = {omission.line: omission.why for omission in parsed.omissions}
    for number, block in zip(lines, blocks, strict=True):
        found = [statement for statement in parsed.statements if statement.line == number]
        if block.kind == HEADING:
            assert (why[number], found) == ("heading", [])
        elif block.kind == ITEM:
            assert [(statement.kind, statement.text) for statement in found] == [("bullet", block.text)]
        elif why.get(number) not in ("navigation", "caption", "lead-in") and not _NUMBERED.match(block.text):
            assert {statement.kind for statement in found} == {"prose"}
            assert " ".join(" ".join(statement.text for statement in found).split()) == block.text


@given(st.lists(st.integers(0, 3), min_size=1, max_size=8))
def test_pages_of_a_kept_text_are_read_back(steps: list[int]) -> None:
    page, blocks = 1, []
    for step in [0, *steps, 1]:
        page += step
        blocks.append(Block(ITEM if step == 2 else PARAGRAPH, f"Setning på side {page}.", page=page))
    assert list(read_plain("# Først\n" + kept_text(blocks), "x.txt").blocks[1:]) == blocks


# -- Markdown

MARKDOWN = {
    "headings": ("# Program\n\nHelse\n---\n\n### Rus ###\n", ["# Program", "## Helse", "### Rus"]),
    "emphasis, links and code": (
        "Vi vil ha *ny* [rusreform](https://example.org) med `LAR` og **hjelp**, ~~ikke~~ nå &amp; alltid.\n",
        ["Vi vil ha ny rusreform med LAR og hjelp, ikke nå & alltid."],
    ),
    "wrapped lines": ("Vi vil ha rusmiddel-\npolitikk for rus- og\npsykiatri.\n", [
        "Vi vil ha rusmiddelpolitikk for rus- og psykiatri."]),
    "lists": (
        "* gi hjelp\n  til alle\n    - også barn\n* [x] gi mer\n\n1. først\n2. sist\n",
        ["• gi hjelp til alle", "• også barn", "• gi mer", "• først", "• sist"],
    ),
    "a paragraph in an item": ("- gi hjelp\n\n  Det haster.\n", ["• gi hjelp", "Det haster."]),
    "other marks": ("Vi vil:\n• gi hjelp\n• gi mer\n", ["Vi vil:", "• gi hjelp", "• gi mer"]),
    "numbers without a space": ("1.Mer hjelp.\n\n2.Flere leger.\n", ["• Mer hjelp.", "• Flere leger."]),
    "an ordinal": ("26. runde er utsatt.\n", ["26. runde er utsatt."]),
    "a line in bold": ("# Helse\n\n**Rus og psykiatri**\n\nVi vil.\n", ["# Helse", "## Rus og psykiatri", "Vi vil."]),
    "a lead-in in bold": ("**Vi vil:**\n\n- gi hjelp\n", ["Vi vil:", "• gi hjelp"]),
    "tables": ("| Alder | Tiltak |\n|---|---|\n| 18 | Samtale |\n", ["Alder | Tiltak", "18 | Samtale"]),
    "quotes and rules": ("> Sagt av noen.\n\n***\n\nVi vil.\n", ["Sagt av noen.", "Vi vil."]),
    "comments and tags": (
        "<!-- skjult -->\n\n<div>Vi er <b>her</b>.</div>\n\n<script>\nvar x\n</script>\n\nNå<br>også <i>der</i>.\n",
        ["Vi er her.", "Nå også der."],
    ),
    "headings in tags": (
        "<details>\n<summary>Tvang &amp; frihet</summary>\n\nMindre tvang.\n\n</details>\n\n<h2>Skole</h2>\n",
        ["# Tvang & frihet", "Mindre tvang.", "## Skole"],
    ),
    "names of headings": ("# Helse {#helse}\n", ["# Helse"]),
    "footnotes of one word": ("Vi vil[^a] hjelpe.\n\n[^a]: note\n    og mer\n\nNå.\n", ["Vi vil hjelpe.", "Nå."]),
    "indented prose": ("    Dette er prosa, ikke kode.\n", ["Dette er prosa, ikke kode."]),
    "a sentence in two": (
        "Vi har en plan som er ny. Den er at\n\nalle skal få hjelp.\n",
        ["Vi har en plan som er ny. Den er at alle skal få hjelp."],
    ),
    "unmarked items stay apart": ("Vi vil\n\ngi hjelp\n\ngi mer\n", ["Vi vil", "gi hjelp", "gi mer"]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "blocks"), MARKDOWN.values(), ids=MARKDOWN.keys())
def test_of_markdown_the_words_are_read(text: str, blocks: list[str]) -> None:
    assert shown(read_markdown(text, "x.md").blocks) == blocks


def test_what_is_left_out_of_markdown_is_told_with_its_line() -> None:
    text = "# Program\n\n- [Helse](#helse)\n- [Rus](#rus)\n\n![bilde](x.png)\n\n![bilde](y.png)\n\n"
    text += "Vi vil.[^1]\n\n[^1]: En fotnote her.\n"
    document = read_markdown(text, "x.md")
    assert shown(document.blocks) == ["# Program", "Vi vil."]
    assert [(note.what, note.line) for note in document.notes] == [
        ("left out 1 footnote", 12), ("left out 1 list of contents", 3), ("left out 2 images", 6),
    ]  # fmt: skip


def test_a_list_of_links_to_other_pages_is_kept() -> None:
    assert shown(read_markdown("- [a](https://example.org)\n- [b](b.md)\n", "x.md").blocks) == ["• a", "• b"]


def test_the_title_is_the_front_matters_or_the_top_heading() -> None:
    assert read_markdown('---\ntitle: "Solprogram"\nauthor: x\n---\n# Annet\n', "x.md").title == "Solprogram"
    assert read_markdown('+++\ntitle = "Solprogram"\n+++\nVi vil.\n', "x.md").title == "Solprogram"
    assert read_markdown("# Solprogram\n", "x.md").title == "Solprogram"
    assert read_markdown("Vi vil.\n\n# Senere\n", "x.md").title == ""


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert shown(read_markdown("---\n\nVi vil hjelpe.\n\n---\n", "x.md").blocks) == ["Vi vil hjelpe."]


@given(st.text(alphabet="# *-_[]()<>!`|~\\&;:\n\t ab1.", max_size=60))
def test_no_markdown_is_too_odd_to_read(text: str) -> None:
    for block in read_markdown(text, "x.md").blocks:
        assert block.text == mended(block.text) != ""


@given(st.text(alphabet="aB ÆÅå.,:\n-*#>+=|_~1", max_size=80))
def test_no_letter_of_a_markdown_text_is_lost(text: str) -> None:
    document = read_markdown(text, "x.md")
    if not document.notes:
        assert letters("".join(block.text for block in document.blocks)) == letters(text)
