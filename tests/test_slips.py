"""What a word is taken for that may be a slip of the pen, in few texts and in many, which have slips of their own."""

from __future__ import annotations

import pytest

from rusq.index import MANY, Index
from rusq.library import Library
from rusq.meaning import EXACT, TYPO, Meaning
from rusq.model import PROSE, Statement
from rusq.search import Searcher
from rusq.slips import Slips

LIBRARY = Library.open()
CORPUS = LIBRARY.corpus

# In 2,500 statements: what is common, what is rare enough to be a slip that they have themselves, and the rest.
COMMON = ("kommuner", "fengsler", "fengsel", "kutte", "kuttene", "kostbare", "ansvar", "gode", "gitt", "kreft", "store")
RARE = ("komuner", "komunene", "sjelden")


def statement(number: int, text: str) -> Statement:
    name = f"x-p{number:02d}"
    return Statement(name, "X", "x", 2025, PROSE, number + 1, None, 0, len(text), text)


def searcher(total: int) -> Searcher:
    """Over so many statements, in which the common words stand in each fortieth."""
    said = [f"Nabolaget {COMMON[n // 3 % len(COMMON)]}" if n % 3 == 0 else "Nabolaget sover" for n in range(total)]
    said[1::7] = [f"{text} {RARE[0]}" if at < 2 else text for at, text in enumerate(said[1::7])]
    said[-2], said[-1] = f"Nabolaget {RARE[1]}", f"Nabolaget {RARE[2]}"
    statements = [statement(number, text) for number, text in enumerate(said)]
    return Searcher(Index(statements, CORPUS.language), CORPUS.lexicon)


MANY_TEXTS, FEW_TEXTS = searcher(2500), searcher(MANY - 1)


def meant(of: Searcher, word: str) -> Meaning:
    return of.expander.meaning([word])


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        pytest.param("kommner", "kommuner", id="no text has it, and it looks like nothing else"),
        pytest.param("komuner", "kommuner", id="two texts have it so misspelt"),
        pytest.param("kutteene", "kuttene", id="it looks like a form of kutte, and is not spelt as one"),
        pytest.param("fengselr", "fengsler", id="it looks like a form of fengsel, and is not spelt as one"),
        pytest.param("kostbae", "kostbare", id="a missing letter before the ending"),
        pytest.param("anvar", "ansvar", id="what a chance key makes of it is no word"),
        pytest.param("gde", "gode", id="three letters"),
        pytest.param("gitp", "gitt", id="four letters, the last one by chance"),
    ],
)
def test_in_many_texts_a_word_they_hardly_have_is_read_as_what_it_looks_like(typed: str, read_as: str) -> None:
    way = meant(MANY_TEXTS, typed).words[read_as]
    assert (way.why, way.note) == (TYPO, f"{typed} read as {read_as}")
    assert way.weight < 0.85


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        pytest.param("komuner", {"komuner"}, id="the slip itself stays, its forms are slips as well"),
        pytest.param("kutteene", set(), id="no form of kutte"),
        pytest.param("kref", set(), id="no part of anything"),
    ],
)
def test_what_looks_like_forms_of_a_slip_is_left_out(typed: str, words: set[str]) -> None:
    found = meant(MANY_TEXTS, typed).words
    assert {word for word, way in found.items() if way.why != TYPO} == words


@pytest.mark.parametrize(
    "word",
    [
        pytest.param("fengselet", id="a form that no text has"),
        pytest.param("barnehage", id="a word of the language that no text has"),
        pytest.param("sjelden", id="a rare word that looks like no common one"),
        pytest.param("kommuner", id="a common word"),
    ],
)
def test_in_many_texts_a_word_that_is_spelt_right_is_not_read_as_another(word: str) -> None:
    assert [way.note for way in meant(MANY_TEXTS, word).words.values() if way.why == TYPO] == []


@pytest.mark.parametrize(
    "typed",
    [pytest.param("gde", id="three letters"), pytest.param("gitp", id="four letters, a chance one among them")],
)
def test_in_few_texts_short_words_are_not_read_as_others(typed: str) -> None:
    assert meant(FEW_TEXTS, typed).words == {}


def test_in_few_texts_what_stands_there_is_no_slip() -> None:
    ways = meant(FEW_TEXTS, "komuner").words
    assert ways["komuner"].why == EXACT
    assert "kommuner" not in ways


@pytest.mark.parametrize(
    ("word", "spellings"),
    [
        pytest.param("naloksson", ["nalokson"], id="a doubled letter"),
        pytest.param("barnehagen", [], id="a form of a word of the language"),
        pytest.param("brua", [], id="a form of a short word of the language"),
        pytest.param("vinterbarnehage", [], id="a compound of words of the language"),
    ],
)
def test_what_is_spelt_right_is_meant_as_it_is(word: str, spellings: list[str]) -> None:
    assert [spelling for spelling, _ in Slips(LIBRARY.index, CORPUS.lexicon).meant(word)][:1] == spellings
