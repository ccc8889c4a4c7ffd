"""What is measured is what is meant: the corpora made, what is asked of them, the peers, and the sums on paper."""

from __future__ import annotations

import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from bench.asked import KINDS, draw
from bench.large import Measured, growth
from bench.made import slip, texts
from bench.peers import Fts5, Tantivy, edits
from rusq.norwegian.tokens import tokenise

WORDS = ["kommunen", "skal", "bygge", "flere", "skoler", "barnehager", "veier", "bruer", "svømmehaller", "parker"]
LINES = ["kommunen bygger skoler", "fylket bygger veier", "staten verner skogen"]


def ran(size: int, seconds: float) -> Measured:
    """Figures of one size that hold nothing but how long rusq took to build."""
    return Measured(size, 1, 1, {"rusq": seconds}, {}, {}, {}, {}, {}, ())


def test_the_same_size_and_seed_make_the_same_texts() -> None:
    assert list(texts(20, WORDS, seed=3)) == list(texts(20, WORDS, seed=3))
    assert list(texts(20, WORDS, seed=3)) != list(texts(20, WORDS, seed=4))


def test_words_are_as_often_as_the_law_has_it() -> None:
    said = Counter(token.word for text in texts(4000, WORDS) for token in tokenise(text))
    # Of ranks 1 and 10, 1/3.7 and 1/12.7: the first is 3.4 times as often.
    assert 3.2 < said["kommunen"] / said["parker"] < 3.7
    assert [word for word, _ in said.most_common(10)] == WORDS


def test_about_one_long_word_in_a_hundred_has_a_slip() -> None:
    said = [token.word for text in texts(4000, WORDS) for token in tokenise(text)]
    assert 0.008 < sum(word not in WORDS for word in said) / len(said) < 0.012


def test_a_slip_leaves_the_first_letter_or_swaps_it_with_the_second() -> None:
    made = {slip("veier", random.Random(seed)) for seed in range(400)}
    assert {"veer", "veiier", "evier", "veire", "vbier"} <= made
    assert {word[0] for word in made} == {"v", "e"}
    assert {len(word) for word in made} == {4, 5, 6}


@pytest.fixture(scope="module")
def holding() -> Counter[str]:
    return Counter({f"ord{'abcdefghij'[n % 10] * (1 + n // 10)}": 1000 // (n + 1) for n in range(100)})


def test_queries_of_a_kind_all_differ_and_are_the_same_again(holding: Counter[str]) -> None:
    asked = draw(holding, holding, 30, 10, spelt_right=set(holding))
    assert {kind: len(set(asked.queries[kind])) for kind in KINDS} == dict.fromkeys(KINDS, 30)
    assert asked == draw(holding, holding, 30, 10, spelt_right=set(holding))


def test_common_and_rare_words_are_asked_for(holding: Counter[str]) -> None:
    asked = draw(holding, holding, 30, 0, spelt_right=set(holding)).queries["one word"]
    assert sum(holding[word] >= 100 for word in asked) >= 5  # of the ten most common words
    assert sum(holding[word] < 20 for word in asked) >= 5  # of the half that is rarest


def test_a_typo_stands_nowhere_and_a_misspelling_is_no_other_word(holding: Counter[str]) -> None:
    asked = draw(holding, holding, 30, 50, spelt_right=set(holding))
    assert [typo for typo in asked.queries["a typo"] if typo in holding] == []
    assert [slip for slip in asked.slips if slip.typed in holding or slip.meant not in holding] == []


def test_three_words_are_three_different_ones(holding: Counter[str]) -> None:
    asked = draw(holding, holding, 30, 0, spelt_right=set(holding)).queries["three words"]
    assert {len(set(query.split())) for query in asked} == {3}


def test_fts5_gives_the_statements_that_hold_any_of_the_words(tmp_path: Path) -> None:
    Fts5.build(tmp_path, LINES)
    assert sorted(Fts5(tmp_path).ask("veier skogen")) == [1, 2]


@pytest.mark.parametrize(
    ("typed", "found"), [("skler", [0]), ("skgen", [2]), ("xkogxn", [2]), ("vxixr", [])], ids=lambda v: str(v)
)
def test_tantivy_finds_a_word_despite_as_many_slips_as_it_may_have(
    tmp_path: Path, typed: str, found: list[int]
) -> None:
    pytest.importorskip("tantivy")
    Tantivy.build(tmp_path, LINES)
    tantivy = Tantivy(tmp_path)
    assert tantivy.numbers(tantivy.ask_fuzzily(typed)) == found


def test_tantivy_gives_the_statements_that_hold_any_of_the_words(tmp_path: Path) -> None:
    pytest.importorskip("tantivy")
    Tantivy.build(tmp_path, LINES)
    tantivy = Tantivy(tmp_path)
    assert sorted(tantivy.numbers(tantivy.ask("veier skogen"))) == [1, 2]


def test_a_word_of_six_letters_may_have_two_errors() -> None:
    assert [edits(word) for word in ("veier", "skogen")] == [1, 2]


@pytest.mark.parametrize(
    ("more", "exponent"), [(20.0, "1.00"), (2.0, "0.00"), (200.0, "2.00")], ids=["in proportion", "not", "squared"]
)
def test_growth_is_the_power_of_the_size(more: float, exponent: str) -> None:
    head, row = growth([ran(10_000, 2.0), ran(100_000, more)])
    assert head.split()[-3:] == ["10,000", "→", "100,000"]
    assert row.split() == ["building,", "rusq", exponent]


def test_a_small_corpus_is_measured_from_end_to_end() -> None:
    pytest.importorskip("tantivy")
    pytest.importorskip("platformdirs")
    options = ("300", "--builds", "1", "--queries", "5", "--processes", "1")
    ended = subprocess.run(
        (sys.executable, "-m", "bench.large", *options),
        capture_output=True,
        text=True,
        cwd=Path(__file__).parent.parent,
    )
    assert ended.returncode == 0, ended.stderr
    for told in ("300 statements", "building", "a search in a warm process", "the right word found", "whole processes"):
        assert told in ended.stdout
