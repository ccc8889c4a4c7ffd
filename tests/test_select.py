"""Names as people write them to ids, and which statements a selection takes."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from rusq.corpus import Corpus, builtin_folder
from rusq.errors import RusqError, UnknownName
from rusq.library import Library
from rusq.model import Actor, Source, Statement, Topic
from rusq.select import (
    Selection,
    check_kind,
    check_years,
    find_actors,
    find_sources,
    find_statement,
    find_topics,
)

ACTORS = {
    actor.id: actor
    for actor in (
        Actor("H", "Høyre", aliases=("Høgre", "Conservative Party")),
        Actor("V", "Venstre"),
        Actor("Ap", "Arbeiderpartiet", aliases=("DNA",)),
        Actor("MDG", "Miljøpartiet De Grønne"),
        Actor("SV", "Sosialistisk Venstreparti"),
    )
}
TOPICS = {
    topic.id: topic
    for topic in (
        Topic("bo", {"nb": "Bo og leve", "nn": "Bu og leve", "en": "Living"}),
        Topic("bolig", {"nb": "Bolig", "nn": "Bustad", "en": "Housing"}, parent="bo", aliases={"nb": ("botilbud",)}),
        Topic("arbeid", {"nb": "Arbeid", "en": "Work"}, parent="bo", aliases={"nb": ("bolig",)}),
        Topic("dognbehandling", {"nb": "Døgnbehandling", "en": "Inpatient treatment"}),
    )
}
SOURCES = {
    source.id: source
    for source in (
        Source("h2017", "H", "hoyre-2017.txt"),
        Source("v", "V", "Venstre_rus.txt"),
        Source("h2021", "H", "p.md"),
    )
}


def statement(id: str, year: int | None = 2017, kind: str = "bullet", actor: str = "H") -> Statement:
    source = id.split("-")[0]
    return Statement(id, actor, source, year, kind, line=1, page=None, start=0, end=2, text="Ja")


# -- Actors


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        pytest.param("H", "H", id="id"),
        pytest.param("h", "H", id="id in lower case"),
        pytest.param("Høyre", "H", id="name"),
        pytest.param("HØYRE", "H", id="capitals"),
        pytest.param("høyre", "H", id="lower case"),
        pytest.param("Hoyre", "H", id="o for ø"),
        pytest.param("hoeyre", "H", id="oe for ø"),
        pytest.param("  Høyre ", "H", id="blanks around"),
        pytest.param("Høgre", "H", id="alias"),
        pytest.param("hogre", "H", id="alias in ASCII spelling"),
        pytest.param("conservative party", "H", id="English alias"),
        pytest.param("conservative-party", "H", id="hyphen for a blank"),
        pytest.param("dna", "Ap", id="abbreviation"),
        pytest.param("miljopartiet de gronne", "MDG", id="several words in ASCII spelling"),
        pytest.param("Miljo\u0308partiet De Gro\u0308nne", "MDG", id="decomposed Swedish letters"),
        pytest.param("sosialistisk_venstreparti", "SV", id="underscore for a blank"),
    ],
)
def test_an_actor_is_found_by(name: str, actor: str) -> None:
    assert find_actors([name], ACTORS) == (actor,)


def test_actors_come_in_the_order_given_each_once() -> None:
    assert find_actors(["Venstre", "H", "høyre", "v"], ACTORS) == ("V", "H")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        pytest.param("høyyre", "no actor 'høyyre'; did you mean H (Høyre)?", id="a letter too many"),
        pytest.param("Hoire", "no actor 'Hoire'; did you mean H (Høyre)?", id="another letter in ASCII spelling"),
        pytest.param("høy", "no actor 'høy'; did you mean H (Høyre)?", id="beginning of a name"),
        pytest.param("arb", "no actor 'arb'; did you mean Ap (Arbeiderpartiet)?", id="beginning of another name"),
        pytest.param("qqqqq", "no actor 'qqqqq'; 'rusq actors' lists them", id="like none"),
        pytest.param("", "no actor ''; 'rusq actors' lists them", id="empty"),
        pytest.param("[/b]", "no actor '[/b]'; 'rusq actors' lists them", id="markup"),
    ],
)
def test_an_unknown_actor_is_answered_with_the_nearest(name: str, message: str) -> None:
    with pytest.raises(UnknownName) as caught:
        find_actors(["V", name], ACTORS)
    assert str(caught.value) == message


@pytest.fixture(scope="module")
def actors() -> Mapping[str, Actor]:
    return Corpus([builtin_folder()]).actors


@pytest.mark.parametrize(
    ("names", "actor"),
    [
        pytest.param(("Ap", "A", "DNA", "Arbeiderpartiet", "Arbeidarpartiet", "Labour Party"), "Ap", id="Ap"),
        pytest.param(("FrP", "Frp", "Fremskrittspartiet", "Framstegspartiet", "Progress Party"), "FrP", id="FrP"),
        pytest.param(("H", "Høyre", "Høgre", "Hoyre", "hoeyre", "Conservative Party"), "H", id="H"),
        pytest.param(("KrF", "KRF", "Kristelig Folkeparti", "Kristeleg Folkeparti"), "KrF", id="KrF"),
        pytest.param(
            ("MDG", "Miljøpartiet De Grønne", "De Grønne", "Miljøpartiet Dei Grøne", "Greens"), "MDG", id="MDG"
        ),
        pytest.param(("R", "Rødt", "Rodt", "Raudt", "RV", "Red Party"), "R", id="R"),
        pytest.param(("SV", "Sosialistisk Venstreparti", "Socialist Left Party"), "SV", id="SV"),
        pytest.param(("Sp", "SP", "Senterpartiet", "Centre Party"), "Sp", id="Sp"),
        pytest.param(("V", "Venstre", "venstre", "Liberal Party"), "V", id="V"),
        pytest.param(("PF", "Pasientfokus"), "PF", id="PF"),
        pytest.param(
            ("Regjeringen", "regjeringa", "Regjeringen Solberg", "Government"), "Regjeringen", id="Regjeringen"
        ),
    ],
)
def test_each_party_of_the_storting_and_the_government_goes_by_its_names(
    actors: Mapping[str, Actor], names: tuple[str, ...], actor: str
) -> None:
    assert find_actors(names, actors) == (actor,)


def test_every_name_in_the_data_leads_to_the_actor_it_is_given_to(actors: Mapping[str, Actor]) -> None:
    given = [(name, actor.id) for actor in actors.values() for name in (actor.id, actor.name, *actor.aliases)]
    assert [(name, actor) for name, actor in given if find_actors([name], actors) != (actor,)] == []


# -- Topics


@pytest.mark.parametrize(
    ("name", "topics"),
    [
        pytest.param("dognbehandling", ("dognbehandling",), id="id"),
        pytest.param("Døgnbehandling", ("dognbehandling",), id="name"),
        pytest.param("DØGNBEHANDLING", ("dognbehandling",), id="capitals"),
        pytest.param("housing", ("bolig",), id="English name"),
        pytest.param("bustad", ("bolig",), id="nynorsk name"),
        pytest.param("Botilbud", ("bolig",), id="alias"),
        pytest.param("bolig", ("bolig",), id="id before another's alias"),
        pytest.param("bo", ("bo", "bolig", "arbeid"), id="theme with its topics"),
        pytest.param("Bo og leve", ("bo", "bolig", "arbeid"), id="theme by name"),
    ],
)
def test_a_topic_is_found_by(name: str, topics: tuple[str, ...]) -> None:
    assert find_topics([name], TOPICS) == topics


def test_a_topic_named_beside_its_theme_counts_once() -> None:
    assert find_topics(["arbeid", "bo", "arbeid"], TOPICS) == ("arbeid", "bo", "bolig")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        pytest.param("dognbehanling", "no topic 'dognbehanling'; did you mean dognbehandling?", id="slip"),
        pytest.param("hous", "no topic 'hous'; did you mean bolig?", id="beginning of an English name"),
        pytest.param("zzzz", "no topic 'zzzz'; 'rusq topics' lists them", id="like none"),
    ],
)
def test_an_unknown_topic_is_answered_with_the_nearest(name: str, message: str) -> None:
    with pytest.raises(UnknownName) as caught:
        find_topics([name], TOPICS)
    assert str(caught.value) == message


# -- Sources and statements


@pytest.mark.parametrize(
    ("name", "source"),
    [
        pytest.param("h2017", "h2017", id="id"),
        pytest.param("H2017", "h2017", id="capitals"),
        pytest.param("hoyre-2017.txt", "h2017", id="file"),
        pytest.param("Høyre-2017", "h2017", id="file without its ending"),
        pytest.param("venstre rus", "v", id="blank for an underscore"),
    ],
)
def test_a_source_is_found_by(name: str, source: str) -> None:
    assert find_sources([name, name], SOURCES) == (source,)


def test_an_unknown_source_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownName) as caught:
        find_sources(["h2018"], SOURCES)
    assert str(caught.value) == "no source 'h2018'; did you mean h2017 or h2021?"


@pytest.mark.parametrize("name", ["h2017-b06", "H2017-B06", " h2017-b06 "], ids=["id", "capitals", "blanks around"])
def test_a_statement_is_found_by_its(name: str) -> None:
    known = {"h2017-b06": statement("h2017-b06")}
    assert find_statement(name, known).id == "h2017-b06"


def test_a_statement_of_a_source_with_capitals_is_found_in_any_case() -> None:
    known = {"SV2021-b01": statement("SV2021-b01")}
    assert find_statement("sv2021-B01", known).id == "SV2021-b01"


def test_an_unknown_statement_is_answered_with_the_nearest() -> None:
    known = {name: statement(name) for name in ("h2017-b06", "h2017-b16", "v-p01")}
    with pytest.raises(UnknownName) as caught:
        find_statement("h2017-b6", known)
    assert str(caught.value) == "no statement 'h2017-b6'; did you mean h2017-b06 or h2017-b16?"


def test_a_statement_like_no_other_is_answered_with_a_hint() -> None:
    with pytest.raises(UnknownName) as caught:
        find_statement("nalokson", {"v-p01": statement("v-p01")})
    assert str(caught.value) == "no statement 'nalokson'; 'rusq search WORD' shows ids"


# -- Selections


@pytest.mark.parametrize(
    ("selection", "taken"),
    [
        pytest.param(Selection(), True, id="everything"),
        pytest.param(Selection(actors=("V", "H")), True, id="its actor"),
        pytest.param(Selection(actors=("V",)), False, id="another actor"),
        pytest.param(Selection(sources=("h2017",)), True, id="its source"),
        pytest.param(Selection(sources=("h2013",)), False, id="another source"),
        pytest.param(Selection(kind="bullet"), True, id="its kind"),
        pytest.param(Selection(kind="prose"), False, id="the other kind"),
        pytest.param(Selection(topics=("bolig", "lar")), True, id="one of its topics"),
        pytest.param(Selection(topics=("lar",)), False, id="another topic"),
        pytest.param(Selection(since=2017), True, id="since its year"),
        pytest.param(Selection(since=2018), False, id="since the year after"),
        pytest.param(Selection(until=2017), True, id="until its year"),
        pytest.param(Selection(until=2016), False, id="until the year before"),
        pytest.param(Selection(since=2013, until=2021), True, id="years around"),
        pytest.param(Selection(actors=("H",), kind="prose"), False, id="its actor and the other kind"),
    ],
)
def test_a_selection_takes_a_statement_or_not_by(selection: Selection, taken: bool) -> None:
    assert selection.takes(statement("h2017-b01"), topics=("bo", "bolig")) is taken


@pytest.mark.parametrize(
    ("selection", "taken"),
    [
        pytest.param(Selection(), True, id="no bounds"),
        pytest.param(Selection(since=1900), False, id="since"),
        pytest.param(Selection(until=2100), False, id="until"),
    ],
)
def test_a_statement_without_a_year_is_left_out_when_years_are_asked_for(selection: Selection, taken: bool) -> None:
    assert selection.takes(statement("v-b01", year=None)) is taken


def test_the_built_in_statements_are_selected_by_actor_kind_and_year() -> None:
    library = Library.open()
    found = library.select(Selection(actors=("FrP", "H"), kind="bullet", since=2014))
    assert [found[0].id, found[15].id, found[16].id, found[-1].id, len(found)] == [
        "h2017-b01",
        "h2017-b16",
        "frp2017-b01",
        "frp2017-b06",
        22,
    ]


def test_a_theme_takes_the_statements_of_its_topics() -> None:
    library = Library.open()
    theme = library.select(Selection(topics=("legemidler",)))
    assert "frp2017-p26" in [statement.id for statement in theme]
    assert "h2017-p04" not in [statement.id for statement in theme]


@pytest.mark.parametrize("kind", [None, "bullet", "prose"])
def test_a_kind_is_bullet_or_prose(kind: str | None) -> None:
    assert check_kind(kind) == kind


def test_another_kind_is_wrong_use() -> None:
    with pytest.raises(RusqError) as caught:
        check_kind("Bullet")
    assert str(caught.value) == "no kind 'Bullet'; --kind takes bullet or prose"


def test_years_may_be_the_same_but_not_turned_round() -> None:
    check_years(2017, 2017)
    check_years(None, 2017)
    check_years(2017, None)
    with pytest.raises(RusqError) as caught:
        check_years(2018, 2017)
    assert str(caught.value) == "--since 2018 comes after --until 2017; no year is between them"
