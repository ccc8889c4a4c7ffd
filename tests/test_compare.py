"""Where actors agree, differ and are silent; every quotation whole on the screen; nb Norwegian throughout."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from rusq.compare import Cell, verdict
from rusq.layout import lay_out
from rusq.library import Library
from rusq.model import Stance, Statement
from rusq.select import Selection
from rusq.sheet import MATCH, QUOTE
from rusq.views.positions import compare_sheet, map_sheet
from rusq.wording import NB, Wording

LIBRARY = Library.open()
SPOKEN = Statement("x-b01", "X", "x", None, "bullet", 1, None, 0, 1, "x")


def cell(*stances: str, total: int = 1) -> Cell:
    """A cell with the stances given as `stance` or `stance/point`."""
    taken = tuple(
        Stance("X", "t", stance, "x-b01", "", point) for stance, _, point in (text.partition("/") for text in stances)
    )
    return Cell((SPOKEN,) * min(total, 1), stances=taken, total=total)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        pytest.param([cell("for"), cell("against")], "conflict", id="for and against"),
        pytest.param([cell("trial"), cell("against")], "conflict", id="a trial against a no"),
        pytest.param([cell("conditional"), cell("against")], "conflict", id="within limits against a no"),
        pytest.param([cell("consider"), cell("against")], "differ", id="who only considers is not there yet"),
        pytest.param([cell("for"), cell("consider")], "differ", id="will and may"),
        pytest.param([cell("for"), cell("for")], "agree", id="both for"),
        pytest.param([cell("for/tenders"), cell("against/tenders")], "conflict", id="on the same point"),
        pytest.param([cell("for/tenders"), cell("against/contracts")], "differ", id="on different points"),
        pytest.param([cell("for"), cell()], None, id="one without a known position"),
        pytest.param([cell(), cell()], None, id="no known positions"),
        pytest.param([cell("for"), cell(total=0)], "alone", id="the other is silent"),
        pytest.param([cell("for"), cell("for"), cell("against")], "conflict", id="two against one"),
        pytest.param([cell("for")], None, id="nobody to compare with"),
    ],
)
def test_a_verdict_follows_from_the_stances(cells: list[Cell], expected: str | None) -> None:
    assert verdict(cells) == expected


@pytest.mark.parametrize(
    ("topic", "actors", "by", "expected"),
    [
        ("heroinassistert-behandling", ("H", "FrP"), "actor", "conflict"),
        ("overdose", ("Regjeringen", "FrP"), "actor", "differ"),
        ("private-og-ideelle", ("H",), "source", "conflict"),
        ("tvang", ("H", "FrP"), "actor", "differ"),
        ("finansieringsansvar", ("Regjeringen", "FrP"), "actor", "differ"),
        ("pakkeforlop", ("H", "Regjeringen"), "actor", "differ"),
        ("fritt-behandlingsvalg", ("H", "Regjeringen"), "actor", "agree"),
        ("naltrekson", ("H", "FrP"), "actor", "alone"),
    ],
)
def test_what_the_built_in_texts_amount_to(topic: str, actors: tuple[str, ...], by: str, expected: str) -> None:
    comparison = LIBRARY.compare(Selection(actors=actors, topics=(topic,)), by=by)
    assert [row.verdict for row in comparison.rows] == [expected]


def test_an_actor_without_a_text_is_not_silent_but_absent() -> None:
    comparison = LIBRARY.compare(Selection(actors=("H", "SV"), topics=("tvang",)))
    assert [row.verdict for row in comparison.rows] == [None]


def test_who_is_left_out_by_a_query_is_not_silent() -> None:
    comparison = LIBRARY.compare(Selection(actors=("H", "V"), topics=("dognbehandling",)), "døgnplasser vridning")
    row = comparison.rows[0]
    assert (len(row.cells[1].statements), row.cells[1].total) != (0, 0)
    assert row.verdict == "differ"


def test_a_topic_without_a_list_item_falls_back_to_prose_and_says_so() -> None:
    row = LIBRARY.compare(Selection(actors=("FrP",), topics=("heroinassistert-behandling",))).rows[0]
    assert [(s.id, row.cells[0].prose) for s in row.cells[0].statements] == [("frp2017-p26", True)]


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 160, 200])
@pytest.mark.parametrize(
    ("actors", "by"),
    [(("H",), "actor"), (("H", "FrP"), "actor"), (("H", "V", "FrP"), "actor"), ((), "actor"), ((), "source")],
    ids=["one", "two", "three", "four", "five"],
)
def test_every_quotation_can_be_put_together_again_from_the_screen(
    actors: tuple[str, ...], by: str, width: int
) -> None:
    comparison = LIBRARY.compare(Selection(actors=actors), by=by)
    sheet = compare_sheet(comparison, LIBRARY.theme_of, alike=LIBRARY.alike, say=Wording("en"))
    printed: dict[str, list[str]] = {}
    for line in lay_out(sheet, width):
        for run in line:
            if run.role in (QUOTE, MATCH):
                printed.setdefault(run.ref, []).append(run.text)
    shown = [s for row in comparison.rows for c in row.cells for s in c.statements]
    times = {s.id: shown.count(s) for s in shown}
    wrong = [
        name
        for name, pieces in printed.items()
        if " ".join(pieces).split() != LIBRARY.statements[name].text.split() * times[name]
    ]
    assert wrong == []
    assert set(printed) == set(times)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("h2017-b06", "v-b01"),  # the 24-hour guarantee
        ("h2017-b07", "reg2015-p34"),  # LASSO
        ("h2017-b03", "reg2015-p43"),  # care pathways by 2020
        ("h2013-b01", "frp2017-b03"),  # spare capacity
        ("v-b09", "v-p14"),  # the same promise as list item and as prose
        ("v-b04", "v-p09"),
    ],
)
def test_who_says_the_same_is_among_the_first_five(given: str, expected: str) -> None:
    near = LIBRARY.nearest(LIBRARY.statements[given], limit=5)
    assert expected in [one.statement.id for one in near]
    assert near == sorted(near, key=lambda one: -one.score)


def test_the_map_has_every_topic_and_shows_silence() -> None:
    comparison = LIBRARY.compare(Selection())
    sheet = map_sheet(comparison, LIBRARY.theme_of, say=Wording("en"))
    assert len(sheet.rows) == 44
    assert [
        row for row in sheet.rows if any(not "".join(r.text for line in c for r in line) for c in row.cells[:5])
    ] == []


def phrases_of(path: Path) -> set[str]:
    """What a module has `say` say, as far as it stands there in so many words."""
    tree = ast.parse(path.read_text("utf-8"))
    calls = [
        n
        for n in ast.walk(tree)
        if isinstance(n, ast.Call) and getattr(n.func, "id", getattr(n.func, "attr", "")) == "say"
    ]
    texts = [a for call in calls for a in call.args[:1]]
    choices = [part for a in texts if isinstance(a, ast.IfExp) for part in (a.body, a.orelse)]
    return {str(a.value) for a in (*texts, *choices) if isinstance(a, ast.Constant)}


def test_every_phrase_has_its_norwegian() -> None:
    package = Path(__file__).parent.parent / "rusq"
    said = set().union(*(phrases_of(path) for path in package.rglob("*.py")))
    assert len(said) > 30
    assert sorted(said - set(NB)) == []
