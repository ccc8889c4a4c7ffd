"""Of a Word document the words are read as they would print, and no archive is unpacked that would not end."""

from __future__ import annotations

import io
import zipfile

import pytest

from rusq.errors import RusqError
from rusq.importing.document import HEADING, ITEM, PARAGRAPH, Document
from rusq.importing.docx import read_docx

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STYLES = f"""<w:styles xmlns:w="{W}">
<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Overskrift1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>
  <w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Overskrift2"><w:name w:val="Overskrift 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Kapittel"><w:name w:val="Kapittel"/><w:basedOn w:val="Overskrift1"/></w:style>
<w:style w:type="paragraph" w:styleId="Tittel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Undertittel"><w:name w:val="Subtitle"/></w:style>
<w:style w:type="paragraph" w:styleId="INNH1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Bildetekst"><w:name w:val="caption"/></w:style>
<w:style w:type="paragraph" w:styleId="Punktliste"><w:name w:val="List Bullet"/>
  <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="character" w:styleId="Sterk"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>
</w:styles>"""
NUMBERING = f"""<w:numbering xmlns:w="{W}">
<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="none"/></w:lvl></w:abstractNum>
<w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num></w:numbering>"""


def archive(**parts: str) -> bytes:
    """A zip archive; `word_document` stands for the part word/document.xml."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name.replace("_", "/") + ".xml", text)
    return packed.getvalue()


def word(body: str, **parts: str) -> bytes:
    document = (
        f'<w:document xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<w:body>{body}<w:sectPr/></w:body></w:document>"
    )
    return archive(word_document=document, word_styles=STYLES, word_numbering=NUMBERING, **parts)


def p(text: str, style: str = "", properties: str = "", run: str = "") -> str:
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def raised(text: str) -> str:
    return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{text}</w:t></w:r>'


def table(*rows: list[str], row: str = "") -> str:
    cells = ["".join(f"<w:tc>{cell}</w:tc>" for cell in cells) for cells in rows]
    return "<w:tbl>" + "".join(f"<w:tr>{row}{inside}</w:tr>" for inside in cells) + "</w:tbl>"


def shown(document: Document) -> list[str]:
    """A line a block: # heading, • item, or the paragraph."""
    marks = {HEADING: "#", ITEM: "•", PARAGRAPH: ""}
    return [
        f"{marks[block.kind] * (block.level if block.kind == HEADING else 1)} {block.text}".strip()
        for block in document.blocks
    ]


LISTED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr>'
BOX = "<w:txbxContent>" + p("Vi løfter dette.") + "</w:txbxContent>"
BODIES = {
    "headings by style, in any language": (
        p("Helse", "Overskrift1") + p("Rus", "Overskrift2") + p("Ny del", "Kapittel") + p("Vi vil."),
        ["# Helse", "## Rus", "# Ny del", "Vi vil."],
    ),
    "a heading and a text in one paragraph": (
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Skole</w:t></w:r><w:r><w:br/><w:t>Vi vil lære.</w:t></w:r></w:p>",
        ["# Skole", "Vi vil lære."],
    ),
    "bold by a character style": (p("Rus", run='<w:rStyle w:val="Sterk"/>') + p("Vi vil."), ["# Rus", "Vi vil."]),
    "raised marks of footnotes": (
        "<w:p><w:r><w:t>Vi vil.</w:t></w:r>" + raised("1") + "<w:r><w:t xml:space='preserve'> Ti m</w:t></w:r>"
        + raised("2") + "</w:p>",
        ["Vi vil. Ti m2"],
    ),
    "dashes after a lead-in": (p("Vi vil:") + p("– Gi hjelp") + p("– Gi mer"), ["Vi vil:", "• Gi hjelp", "• Gi mer"]),
    "a dash that goes on a list": (p("• Gi hjelp") + p("– Gi mer"), ["• Gi hjelp", "• Gi mer"]),
    "a subtitle": (p("Vedtatt i mars", "Undertittel") + p("Vi vil."), ["## Vedtatt i mars", "Vi vil."]),
    "dashes of speech": (
        p("Kari smiler.") + p("– Vi må hjelpe.") + p("– Ja, vi må, sier Kari Nordmann."),
        ["Kari smiler.", "– Vi må hjelpe.", "– Ja, vi må, sier Kari Nordmann."],
    ),
    "headings by outline": (p("Helse", properties='<w:outlineLvl w:val="2"/>') + p("Ja."), ["### Helse", "Ja."]),
    "headings by their looks": (
        p("Helse", "Overskrift1") + p("Rus", run="<w:b/>") + p("Vi.") + p("Skole", run='<w:sz w:val="32"/>') + p("Ja."),
        ["# Helse", "### Rus", "Vi.", "## Skole", "Ja."],
    ),
    "bold sentences are none": (p("Vi vil hjelpe.", run="<w:b/>") + p("Vi vil:", run="<w:b/>"), [
        "Vi vil hjelpe.", "Vi vil:"]),
    "bold switched off": (p("Rus", run='<w:b w:val="0"/>') + p("Vi vil."), ["Rus", "Vi vil."]),
    "list items": (
        p("Vi vil:") + p("gi hjelp", "Punktliste") + p("gi mer", properties=LISTED.format(1)) + p("• gi mest"),
        ["Vi vil:", "• gi hjelp", "• gi mer", "• gi mest"],
    ),
    "lists without marks": (p("Ett", properties=LISTED.format(2)) + p("To", "Punktliste", LISTED.format(0)), [
        "Ett", "• To"]),
    "insertions, not deletions": (
        "<w:p><w:r><w:t xml:space='preserve'>Vi vil </w:t></w:r><w:ins><w:r><w:t>hjelpe</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>straffe</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>bort</w:t></w:r></w:moveFrom>"
        "<w:moveTo><w:r><w:t>.</w:t></w:r></w:moveTo></w:p>",
        ["Vi vil hjelpe."],
    ),
    "an end that was deleted": (
        p("Vi vil ", properties="<w:rPr><w:del/></w:rPr>") + p("hjelpe."), ["Vi vil hjelpe."],
    ),
    "links, fields and controls": (
        "<w:p><w:hyperlink><w:r><w:t>Vi vil</w:t></w:r></w:hyperlink><w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<w:sdt><w:sdtContent><w:r><w:tab/><w:t>hjelpe</w:t></w:r></w:sdtContent></w:sdt></w:p>"
        "<w:sdt><w:sdtContent>" + p("Nå.") + "</w:sdtContent></w:sdt>",
        ["Vi vil hjelpe", "Nå."],
    ),
    "hidden words": (p("Vi vil.") + p("hemmelig", run="<w:vanish/>"), ["Vi vil."]),
    "breaks and hyphens": (
        "<w:p><w:r><w:t>rus</w:t><w:softHyphen/><w:t>politikk</w:t><w:br/><w:t>EU</w:t><w:noBreakHyphen/>"
        "<w:t>land</w:t><w:lastRenderedPageBreak/><w:t>.</w:t></w:r></w:p>",
        ["ruspolitikk EU-land."],
    ),
    "text boxes once": (
        "<w:p><w:r><w:t>Før.</w:t></w:r><w:r><mc:AlternateContent><mc:Choice>" + BOX + "</mc:Choice><mc:Fallback>"
        "<w:pict>" + BOX + "</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        ["Før.", "Vi løfter dette."],
    ),
    "tables": (
        table([p("Alder", run="<w:b/>"), p("Tiltak", run="<w:b/>")], [p("18"), p("Samtale")]),
        ["Alder | Tiltak", "18 | Samtale"],
    ),
    "rows that were deleted": (
        table([p("Alder"), p("Tiltak")], [p("bort")], row="<w:trPr><w:del/></w:trPr>"), [],
    ),
    "tables as frames": (
        table([p("Vi vil:") + p("gi hjelp", "Punktliste"), p("Fakta.")]), ["Vi vil:", "• gi hjelp", "Fakta."],
    ),
    "a style that rests on itself": (p("Vi vil.", "Loop"), ["Vi vil."]),
    "numbered by hand": (p("1. Flere leger") + p("3. klasse har fri."), ["• Flere leger", "3. klasse har fri."]),
}  # fmt: skip


@pytest.mark.parametrize(("body", "blocks"), BODIES.values(), ids=BODIES.keys())
def test_a_document_is_read_as_it_would_print(body: str, blocks: list[str]) -> None:
    assert shown(read_docx(word(body), "x.docx")) == blocks


def test_what_is_left_out_is_told() -> None:
    body = (
        p("Helse\t3", "INNH1") + p("Rus\t5", "INNH1") + p("Bilde av noe", "Bildetekst")
        + "<w:p><w:r><w:t>Vi vil</w:t><w:footnoteReference/></w:r><w:r><w:t>.</w:t></w:r></w:p>"
        + '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        + "<w:sdtContent>" + p("Innhold") + "</w:sdtContent></w:sdt>"
    )  # fmt: skip
    document = read_docx(word(body), "x.docx")
    assert shown(document) == ["Vi vil."]
    assert sorted(note.what for note in document.notes) == [
        "left out 1 caption", "left out 1 footnote", "left out 3 lines of contents",
    ]  # fmt: skip


def core(title: str) -> str:
    namespaces = 'xmlns:c="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    inside = f'<dc:title xmlns:dc="http://purl.org/dc/elements/1.1/">{title}</dc:title>'
    return f"<c:coreProperties {namespaces}>{inside}</c:coreProperties>"


TITLES = {
    "its title's style": (p("Solprogram", "Tittel"), "Annet", "Solprogram"),
    "its properties": (p("Helse", "Overskrift1"), "Solprogram", "Solprogram"),
    "its first heading": (p("Solprogram", "Overskrift1"), "", "Solprogram"),
    "nothing Word made up": (p("Vi vil."), "Microsoft Word - utkast.doc", ""),
}


@pytest.mark.parametrize(("body", "stated", "title"), TITLES.values(), ids=TITLES.keys())
def test_the_title_is_what_the_document_states(body: str, stated: str, title: str) -> None:
    assert read_docx(word(body, docProps_core=core(stated)), "x.docx").title == title


def test_a_document_in_the_strict_form_is_read_too() -> None:
    strict = word(p("Helse", "Overskrift1") + p("Vi vil."))
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(strict)) as old, zipfile.ZipFile(packed, "w") as new:
        for part in old.namelist():
            new.writestr(part, old.read(part).replace(W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main"))
    assert shown(read_docx(packed.getvalue(), "x.docx")) == ["# Helse", "Vi vil."]


# -- Bad input

ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(10))
WHOLE = word(p("Vi vil."))
BOMB = archive(word_document="<w:document>" + " " * 70_000_000)
BAD = {
    "no archive": (b"Vi vil", "is no Word document, or only a part of one"),
    "cut off": (WHOLE[: len(WHOLE) // 2], "is no Word document, or only a part of one"),
    "another archive": (archive(noe="<a/>"), "is a zip archive, but no Word document"),
    "a bomb": (BOMB, "would unpack to far more than any document holds"),
    "entities": (
        archive(word_document=f"<!DOCTYPE a [{ENTITIES}]><a>&a9;</a>"),
        "declares XML entities, which no Word document does",
    ),
    "broken XML": (archive(word_document="<a><b></a>"), "is a damaged Word document"),
    "no body": (archive(word_document="<a/>"), "is a damaged Word document"),
    "endless nesting": (archive(word_document="<a>" * 5_000), "is nested deeper"),
    "an unknown encoding": (archive(word_document="<?xml version='1.0' encoding='x-tull'?><a/>"), "is a damaged"),
}  # fmt: skip


@pytest.mark.parametrize(("raw", "said"), BAD.values(), ids=BAD.keys())
def test_what_is_no_document_is_refused_in_one_line(raw: bytes, said: str) -> None:
    with pytest.raises(RusqError) as caught:
        read_docx(raw, "x.docx")
    assert str(caught.value).startswith("'x.docx' ")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_archive_that_lies_about_its_sizes_is_not_unpacked_either() -> None:
    lying = bytearray(BOMB)
    at = lying.find(b"PK\x01\x02")
    lying[at + 24 : at + 28] = (1000).to_bytes(4, "little")  # the unpacked size, in the directory
    with pytest.raises(RusqError, match=r"'x\.docx' (is a damaged|would unpack)"):
        read_docx(bytes(lying), "x.docx")


def test_a_damaged_part_is_refused() -> None:
    damaged = bytearray(WHOLE)
    damaged[60:90] = bytes(30)
    with pytest.raises(RusqError, match="is a damaged Word document"):
        read_docx(bytes(damaged), "x.docx")


def test_an_encrypted_part_is_refused() -> None:
    locked = bytearray(WHOLE)
    at = locked.find(b"PK\x01\x02")
    locked[at + 8] |= 1  # the flag for encryption, in the directory
    with pytest.raises(RusqError, match=r"is encrypted; open it and save it as \.docx without a password"):
        read_docx(bytes(locked), "x.docx")
