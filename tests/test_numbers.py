"""The numbers of statements: written briefly, read back, and kept by what is unchanged in a newer text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rusq.importing.numbering import renumbered
from rusq.model import BULLET, PROSE, Source
from rusq.numbers import number_faults, numbered, read_numbers, surplus, written_numbers
from rusq.parse import parse_document

TEXT = "• En vei\n• To veier\n• Tre veier\n\nDette er sagt. Dette også.\n"


def ids(text: str, numbers: str = "", withdrawn: str = "") -> list[str]:
    source = Source("x", "SV", "x.txt", numbers=numbers, withdrawn=withdrawn)
    return [statement.id for statement in numbered(parse_document(text, source).statements, source)]


@pytest.mark.parametrize(
    ("numbers", "withdrawn", "expected"),
    [
        pytest.param("", "", ["x-b01", "x-b02", "x-b03", "x-p01", "x-p02"], id="none are written down"),
        pytest.param("b1 b5 b3", "", ["x-b01", "x-b05", "x-b03", "x-p01", "x-p02"], id="one by one, any order"),
        pytest.param("b7-9 p3-4", "", ["x-b07", "x-b08", "x-b09", "x-p03", "x-p04"], id="runs"),
        pytest.param("", "b2", ["x-b01", "x-b03", "x-b04", "x-p01", "x-p02"], id="a withdrawn one is left out"),
        pytest.param("", "p1-3 b1", ["x-b02", "x-b03", "x-b04", "x-p04", "x-p05"], id="from the first on"),
        pytest.param("b1-2", "", ["x-b01", "x-b02", "x-b03", "x-p01", "x-p02"], id="a statement more than numbers"),
        pytest.param("b1-2", "b3", ["x-b01", "x-b02", "x-b04", "x-p01", "x-p02"], id="and the next is withdrawn"),
        pytest.param("b4-9", "", ["x-b04", "x-b05", "x-b06", "x-p01", "x-p02"], id="fewer than numbers"),
    ],
)
def test_statements_have_the_numbers_that_are_written_down(numbers: str, withdrawn: str, expected: list[str]) -> None:
    assert ids(TEXT, numbers, withdrawn) == expected


@pytest.mark.parametrize(
    ("numbers", "withdrawn", "key", "why"),
    [
        pytest.param("b1 c2", "", "numbers", "'c2' is neither a number nor a run of them", id="another letter"),
        pytest.param("b1,b2", "", "numbers", "'b1,b2' is neither a number nor a run of them", id="a comma"),
        pytest.param("b0", "", "numbers", "'b0' is neither a number nor a run of them", id="nought"),
        pytest.param("b5-3", "", "numbers", "'b5-3' runs backwards", id="backwards"),
        pytest.param("b1-4 b3", "", "numbers", "b3 stands twice", id="twice"),
        pytest.param("b1-4", "b2", "numbers", "b2 stands twice", id="given and withdrawn"),
        pytest.param("", "p2 p2", "withdrawn", "p2 stands twice", id="withdrawn twice"),
        pytest.param("", "x", "withdrawn", "'x' is neither a number nor a run of them", id="no number"),
    ],
)
def test_numbers_that_cannot_be_read_are_a_fault(numbers: str, withdrawn: str, key: str, why: str) -> None:
    assert list(number_faults(numbers, withdrawn)) == [(key, f"'{key}' should read like \"b1-6 b8 p1-80\": {why}")]


def test_a_run_of_a_thousand_million_takes_no_room() -> None:
    assert read_numbers("b1-999999999", "")[BULLET].highest == 999_999_999


def test_statements_and_numbers_that_do_not_fit_are_counted() -> None:
    source = Source("x", "SV", "x.txt", numbers="b1-4 p1-2")
    assert surplus(parse_document(TEXT, source).statements, source) == {BULLET: (3, 4)}


@pytest.mark.parametrize(
    ("given", "withdrawn", "expected"),
    [
        pytest.param({BULLET: [1, 2, 3]}, {}, ("", ""), id="counted"),
        pytest.param({BULLET: [1, 3, 4]}, {BULLET: [2]}, ("", "b2"), id="counted, but for what is withdrawn"),
        pytest.param({BULLET: [1, 4, 2]}, {BULLET: [3]}, ("b1 b4 b2", "b3"), id="a new one in between"),
        pytest.param({PROSE: [2, 3, 9, 4], BULLET: [1]}, {PROSE: [1]}, ("p2-3 p9 p4", "p1"), id="runs"),
        pytest.param({BULLET: []}, {BULLET: [1, 2, 3]}, ("", "b1-3"), id="all withdrawn"),
    ],
)
def test_numbers_are_written_only_where_counting_would_not_do(
    given: dict[str, list[int]], withdrawn: dict[str, list[int]], expected: tuple[str, str]
) -> None:
    assert written_numbers(given, withdrawn) == expected


@given(st.permutations(range(1, 9)), st.integers(0, 8))
def test_numbers_written_and_read_are_the_same(order: list[int], there: int) -> None:
    given, gone = order[:there], order[there:]
    read = read_numbers(*written_numbers({BULLET: given}, {BULLET: gone}))[BULLET]
    supply = read.supply()
    assert [next(supply) for _ in given] == given
    assert next(supply) == 9


# -- A newer text

B = BULLET


@pytest.mark.parametrize(
    ("old", "new", "numbers", "kept", "gone"),
    [
        pytest.param("abc", "abc", (1, 2, 3), 3, {}, id="the same"),
        pytest.param("abc", "axbc", (1, 4, 2, 3), 3, {}, id="one more in between"),
        pytest.param("abc", "ac", (1, 3), 2, {2}, id="one gone"),
        pytest.param("abc", "aXc", (1, 4, 3), 2, {2}, id="one changed"),
        pytest.param("abc", "cab", (3, 1, 2), 3, {}, id="another order"),
        pytest.param("aab", "aaab", (1, 2, 4, 3), 3, {}, id="one more that is alike"),
        pytest.param("aab", "ab", (1, 3), 2, {2}, id="one less that is alike"),
        pytest.param("abc", "", (), 0, {1, 2, 3}, id="nothing left"),
        pytest.param("", "ab", (1, 2), 0, {}, id="nothing before"),
    ],
)
def test_what_is_unchanged_keeps_its_number(
    old: str, new: str, numbers: tuple[int, ...], kept: int, gone: set[int]
) -> None:
    found = renumbered([(B, x) for x in old], range(1, len(old) + 1), [(B, x) for x in new], {})
    assert (found.numbers, found.kept, set(found.gone.get(B, ()))) == (numbers, kept, set(gone))


def test_a_sentence_that_becomes_a_list_item_is_another_statement() -> None:
    found = renumbered([(PROSE, "a")], [1], [(B, "a")], {})
    assert (found.numbers, found.kept, found.gone) == ((1,), 0, {PROSE: frozenset({1})})


def test_a_withdrawn_number_is_never_given_again() -> None:
    found = renumbered([(B, "a")], [1], [(B, "a"), (B, "b")], {B: {2, 7}})
    assert (found.numbers, set(found.gone[B])) == ((1, 8), {2, 7})


@given(st.lists(st.text("abcd", min_size=1, max_size=8), min_size=2, max_size=6))
def test_through_any_number_of_newer_texts_an_id_never_changes_its_words(versions: list[str]) -> None:
    words_of: dict[int, str] = {}
    numbers: list[int] = []
    gone: set[int] = set()
    before = ""
    for version in versions:
        found = renumbered([(B, x) for x in before], numbers, [(B, x) for x in version], {B: gone})
        assert len(set(found.numbers)) == len(version)
        assert not set(found.numbers) & found.gone[B]
        for number, word in zip(found.numbers, version, strict=True):
            assert words_of.setdefault(number, word) == word
        before, numbers, gone = version, list(found.numbers), set(found.gone[B])
