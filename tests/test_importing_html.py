"""Of a web page the article is read, word for word, and what is around it is left out and counted."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rusq.errors import RusqError
from rusq.importing.document import HEADING, ITEM, PARAGRAPH, Document
from rusq.importing.html import read_html
from rusq.importing.mend import mended

pytest.importorskip("selectolax")

LONG = "Vi vil bygge ut tilbudet til alle som trenger det, i hele landet og til alle tider av døgnet. "


def shown(document: Document) -> list[str]:
    """A line a block: # heading, • item, or the paragraph."""
    marks = {HEADING: "#", ITEM: "•", PARAGRAPH: ""}
    return [
        f"{marks[block.kind] * (block.level if block.kind == HEADING else 1)} {block.text}".strip()
        for block in document.blocks
    ]


def page(inside: str, around: str = "") -> bytes:
    head = "<!doctype html><html><head><meta charset=utf-8><title>Rus | Solpartiet</title></head>"
    return f"{head}<body>{around}{inside}".encode()


# -- What an article is made of

ARTICLES = {
    "headings": ("<h1>Rus og<br>avhengighet</h1><h2>Hjelp</h2><p>Vi vil.</p>", [
        "# Rus og avhengighet", "## Hjelp", "Vi vil."]),
    "a role for a heading": ("<div role=heading aria-level=3>Hjelp</div><p>Vi vil.</p>", ["### Hjelp", "Vi vil."]),
    "lists": (
        "<p>Vi vil:</p><ul><li>gi <a href=x>hjelp</a><ul><li>straks</ul><li><p>bygge ut</p><p>Det haster.</p></ul>",
        ["Vi vil:", "• gi hjelp", "• straks", "• bygge ut", "Det haster."],
    ),
    "text right in a div": ("<div>Løs tekst.<div>Mer tekst.</div>Enda mer.</div>", [
        "Løs tekst.", "Mer tekst.", "Enda mer."]),
    "line breaks": ("<p>Første linje<br>andre linje.<br><br>Nytt avsnitt.</p>", [
        "Første linje andre linje.", "Nytt avsnitt."]),
    "a title as Word writes it": ("<p class=MsoTitle>Program</p><p class=MsoNormal>Vi vil.</p>", [
        "# Program", "Vi vil."]),
    "list items as Word writes them": (
        "<p>Vi vil:</p><p><span>·<span>&nbsp;&nbsp; </span></span>gi hjelp</p><p>o<span>&nbsp; </span>gi mer</p>",
        ["Vi vil:", "• gi hjelp", "• gi mer"],
    ),
    "items made by line breaks": ("<p>Vi vil:<br>- gi hjelp<br>- gi mer</p>", ["Vi vil:", "• gi hjelp", "• gi mer"]),
    "bold lines": ("<h2>Helse</h2><p><b>Rus</b></p><p><strong>Skole</strong><br>Vi vil lære.</p>", [
        "## Helse", "### Rus", "### Skole", "Vi vil lære."]),
    "bold words": ("<p><b>Vi</b> vil.</p><p><b>Vi vil dette.</b></p>", ["Vi vil.", "Vi vil dette."]),
    "tables": ("<table><tr><th>Alder<th>Tiltak<tr><td>18<td><p>Samtale</p></table>", [
        "Alder | Tiltak", "18 | Samtale"]),
    "buttons beside a heading": ("<h2>Rus<button>Kopier</button></h2><p>Vi vil.</p>", ["## Rus", "Vi vil."]),
    "long cells of data": (f"<table><tr><th>Hva<th>Hvorfor<tr><td>18<td>{LONG * 6}</table>", [
        "Hva | Hvorfor", "18 | " + (LONG * 6).strip()]),
    "a table as a frame": ("<table><tr><td><h2>Helse</h2><p>Ett.</p><p>To.</p></td></tr></table>", [
        "## Helse", "Ett.", "To."]),
    "quotations": ("<blockquote><p>– Vi må gjøre mer, sier Kari Nordmann.</p></blockquote>", [
        "– Vi må gjøre mer, sier Kari Nordmann."]),
    "entities": ("<p>Bl&aring; &amp; r&oslash;d&nbsp;gr&oslash;t&shy;er &#171;n&#229;&#187;</p>", [
        "Blå & rød grøter «nå»"]),
    "letters set apart": ("<p>CO<sub>2</sub>, 15 m<sup>2</sup>, a<wbr>b</p>", ["CO2, 15 m2, ab"]),
    "marks of footnotes": ("<p>Vi vil hjelpe.<sup><a href=#f>1</a></sup> Alle<sup>2</sup> sammen.</p>", [
        "Vi vil hjelpe. Alle sammen."]),
    "unfolding parts": (
        "<details><summary>Tvang</summary><p>Mindre tvang.</p></details>"
        "<h2><button aria-expanded=false aria-controls=a>Ettervern</button></h2>"
        "<div id=a hidden><p>Mer ettervern.</p></div>"
        "<button aria-controls=b>Skole</button><div id=b aria-hidden=true><p>Mer skole.</p></div>",
        ["# Tvang", "Mindre tvang.", "## Ettervern", "Mer ettervern.", "### Skole", "Mer skole."],
    ),
    "what is not shown": (
        f"<p>{LONG}</p><p hidden>a</p><p style='display: none'>b</p><i aria-hidden=true>c</i><template><p>d</template>"
        "<script>e</script><style>f</style><!-- g --><noscript>h</noscript>",
        [LONG.strip()],
    ),
    "captions": ("<figure><img alt=bilde><figcaption>Foto: Ola</figcaption></figure><p>Vi vil.</p>", ["Vi vil."]),
    "open elements": ("<p>Ett.<p>To.<ul><li>tre<li>fire", ["Ett.", "To.", "• tre", "• fire"]),
    "preformatted": ("<pre>\nVi vil:\n- gi hjelp\n- gi mer\n</pre>", ["Vi vil:", "• gi hjelp", "• gi mer"]),
}  # fmt: skip


@pytest.mark.parametrize(("inside", "blocks"), ARTICLES.values(), ids=ARTICLES.keys())
@pytest.mark.parametrize("frame", ["<main>{}</main>", "<article>{}</article>", "<div role=main>{}</div>", "{}"])
def test_the_words_of_an_article_are_read_whatever_holds_them(inside: str, blocks: list[str], frame: str) -> None:
    assert shown(read_html(page(frame.format(inside)), "x.html")) == blocks


# -- What is around it

ARTICLE = f"<h1>Ruspolitikk</h1><p>{LONG}</p>"
AROUND = {
    "navigation": "<nav><a href=/>Hjem</a></nav>",
    "a menu by its class": "<div class='main-menu'><ul><li>Hjem<li>Om oss</ul></div>",
    "a menu by its links": "<ul><li><a href=/>Hjem</a><li><a href=/b>Politikk</a></ul>",
    "a running head": "<div title=header><p>Solpartiet</p></div>",
    "footer": "<footer>Postboks 1, Oslo</footer>",
    "aside": "<aside>Les også</aside>",
    "a form": "<form><label>Navn</label><input></form>",
    "cookies": "<div id=CybotCookiebotDialog>Vi bruker informasjonskapsler</div>",
    "consent": "<div class='cookie-consent-banner'>Godta alle</div>",
    "breadcrumbs": "<ol class=breadcrumbs><li>Hjem<li>Rus</ol>",
    "sharing": "<div class=social-share>Del på Facebook</div>",
    "related posts": "<div class='related-posts'><h3>Flere saker</h3></div>",
    "footnotes": "<p class=MsoFootnoteText>[1] En fotnote.</p>",
    "a skip link": "<a class=skip-link href=#a>Hopp til innhold</a>",
    "a role": "<div role=navigation>Hjem Politikk</div>",
    "for screen readers": "<span class=visually-hidden>Åpnes i nytt vindu</span>",
    "a button": "<button>Lukk</button>",
    "a select": "<select><option>Bokmål<option>Nynorsk</select>",
}


@pytest.mark.parametrize("around", AROUND.values(), ids=AROUND.keys())
@pytest.mark.parametrize("frame", ["<main>{}</main>", "<div class='content has-menu no-footer'>{}</div>"])
def test_what_is_no_article_is_left_out(around: str, frame: str) -> None:
    expected = ["# Ruspolitikk", LONG.strip()]
    assert shown(read_html(page(frame.format(ARTICLE), around), "x.html")) == expected
    assert shown(read_html(page(frame.format(ARTICLE + around)), "x.html")) == expected


def test_the_header_of_a_site_is_left_out_and_that_of_an_article_kept() -> None:
    body = f"<main><header><h1>Ruspolitikk</h1></header><p>{LONG}</p></main>"
    assert shown(read_html(page(body, "<header>Solpartiet</header>"), "x.html")) == ["# Ruspolitikk", LONG.strip()]


def test_how_much_is_left_out_is_told() -> None:
    document = read_html(page(f"<main>{ARTICLE}<figure><figcaption>a</figcaption></figure></main>",
                              "<nav>" + "<a>Politikk og mer</a> " * 3 + "</nav>"), "x.html")  # fmt: skip
    assert [note.what for note in document.notes] == [
        "left out about 6 words in menus, links, forms and the like",
        "left out 1 caption",
    ]


KEPT = {
    "a form around the page": f"<form id=aspnetForm>{ARTICLE}</form>",
    "a class that says menu": f"<div class=menu>{ARTICLE}</div>",
    "a page hidden until it is loaded": f"<div style='visibility:hidden'>{ARTICLE}</div>",
    "a main part that holds little": f"<main><p>Velkommen.</p></main><div>{ARTICLE}{ARTICLE}</div>",
}


@pytest.mark.parametrize("body", KEPT.values(), ids=KEPT.keys())
def test_what_holds_most_words_is_never_left_out(body: str) -> None:
    assert LONG.strip() in shown(read_html(page(body), "x.html"))


def test_contents_that_only_link_are_left_out() -> None:
    contents = "<ul><li><a href=#a>Helse</a><li><a href=#b>Skole</a></ul>"
    assert shown(read_html(page(f"<main>{contents}{ARTICLE}</main>"), "x.html")) == ["# Ruspolitikk", LONG.strip()]


def test_several_articles_are_all_read() -> None:
    body = "".join(f"<article><h2>Sak {number}</h2><p>{LONG}</p></article>" for number in (1, 2, 3))
    assert shown(read_html(page(body), "x.html"))[::2] == ["## Sak 1", "## Sak 2", "## Sak 3"]


# -- Title and encoding


def test_the_title_is_the_heading_of_the_page_wherever_it_is() -> None:
    assert read_html(page(f"<main>{ARTICLE}</main>"), "x.html").title == "Ruspolitikk"
    above = read_html(page(f"<main><p>{LONG}</p></main>", "<div><h1>Ruspolitikk</h1></div>"), "x.html")
    assert (above.title, shown(above)) == ("Ruspolitikk", ["# Ruspolitikk", LONG.strip()])


def test_without_a_heading_the_title_is_what_the_page_calls_itself() -> None:
    assert read_html(page(f"<main><p>{LONG}</p></main>"), "x.html").title == "Rus | Solpartiet"
    shared = b"<title>Rus</title><meta property=og:title content='Om rus'><p>Vi vil."
    assert read_html(shared, "x.html").title == "Om rus"


def test_of_several_headings_at_the_top_none_is_the_title() -> None:
    body = f"<main><h1>1 Helse</h1><p>{LONG}</p><h1>2 Skole</h1><p>{LONG}</p></main>"
    assert read_html(page(body), "x.html").title == "Rus | Solpartiet"


SMØRBRØD = "<!doctype html><meta charset={}><p>Smørbrød på bordet.</p>"
ENCODED = {
    "UTF-8": SMØRBRØD.format("utf-8").encode(),
    "UTF-8 that says ISO-8859-1": SMØRBRØD.format("iso-8859-1").encode(),
    "ISO-8859-1": SMØRBRØD.format("iso-8859-1").encode("iso-8859-1"),
    "ISO-8859-1 that says UTF-8": SMØRBRØD.format("utf-8").encode("iso-8859-1"),
    "ISO-8859-15": SMØRBRØD.format("'iso-8859-15'").encode("iso-8859-15"),
    "UTF-16": SMØRBRØD.format("utf-16").encode("utf-16"),
    "unknown": SMØRBRØD.format("x-tull").encode("cp1252"),
    "none": SMØRBRØD.replace("<meta charset={}>", "").encode("cp1252"),
}


@pytest.mark.parametrize("raw", ENCODED.values(), ids=ENCODED.keys())
def test_a_page_is_read_in_the_encoding_it_has(raw: bytes) -> None:
    assert shown(read_html(raw, "x.html")) == ["Smørbrød på bordet."]


# -- Bad input


def test_endless_nesting_is_refused_in_one_line() -> None:
    with pytest.raises(RusqError, match="is nested deeper than any web page"):
        read_html(b"<html><body>" + b"<div>" * 100_000, "x.html")


def test_many_open_paragraphs_are_no_nesting() -> None:
    assert len(read_html(b"<html><body>" + b"<p>Vi vil.<br>" * 5_000, "x.html").blocks) == 5_000


def test_without_the_library_the_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "selectolax.lexbor", None)
    with pytest.raises(RusqError, match=r"needs selectolax; install it with: pip install 'rusq\[import\]'"):
        read_html(page(ARTICLE), "x.html")


@given(st.lists(st.sampled_from("<p> <b> </p> <table> <td> <li> <ul> </ul> <h1> </h1> <br> Vi • - <main> <a> <svg> "
                                "<button> <summary> <tr> </table> &#0; &#x1b; <div hidden> </div> 1.".split()),
                max_size=25).map("".join))  # fmt: skip
def test_no_page_is_too_odd_to_read(body: str) -> None:
    for block in read_html(b"<html><body>" + body.encode(), "x.html").blocks:
        assert block.text == mended(block.text) != ""


_PIECES = (
    "<p> <b> </b> </p> <div> </div> <table> <td> <th> <tr> </table> <li> <ul> </ul> <h1> <h2> </h1> <br> <blockquote> "
    "<span> </span> <i> <section> <dl> <dd> <caption> <pre> <summary> Vi vil hjelpe. Rus • –"
).split()


@given(st.lists(st.sampled_from(_PIECES), max_size=25).map(" ".join))
def test_no_letter_of_a_page_without_furniture_is_lost(body: str) -> None:
    expected = re.sub("[^a-zA-Z]", "", re.sub("<[^>]*>", "", body))
    found = "".join(block.text for block in read_html(f"<html><body>{body}".encode(), "x.html").blocks)
    assert sorted(re.sub("[^a-zA-Z]", "", found)) == sorted(expected)
