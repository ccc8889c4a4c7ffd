"""The index on disk against the one in memory: the same words, the same statements, the same answers."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import engine_texts
import pytest
from engine_texts import Asked
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rusq.engine import arrays, cache
from rusq.engine.building import build
from rusq.engine.postings import as_term, as_word
from rusq.engine.remembered import Remembered
from rusq.engine.statements import ById, Column, Stored, write_statements
from rusq.engine.vocabulary import Vocabulary, write_vocabulary
from rusq.errors import QueryError
from rusq.index import PLAIN_ENDINGS, AnyIndex, Index, Keeping
from rusq.library import Library
from rusq.meaning import Way, revived
from rusq.model import BULLET, PROSE, Statement
from rusq.norwegian.language import Language
from rusq.norwegian.tokens import ascii_spelling
from rusq.search import Found

pytest.importorskip("tantivy")
pytest.importorskip("platformdirs")

from rusq.engine.stored import StoredIndex


class Both(NamedTuple):
    """One corpus twice: from memory and from disk."""

    memory: Library
    disk: Library


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some three thousand invented statements by six actors, of list items and prose."""
    return engine_texts.make(tmp_path_factory.mktemp("engine") / "texts")


@pytest.fixture(scope="module")
def memory(texts: Path) -> Library:
    return Library.open([texts], builtin=False, keeping=Keeping("memory"))


@pytest.fixture(scope="module", params=["engine", "plain"])
def both(
    request: pytest.FixtureRequest, texts: Path, memory: Library, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Both]:
    """In memory, and on disk with the engine or without it."""
    plain = request.param == "plain"
    said: list[str] = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        if plain:
            patched.setattr(cache, "_engine", lambda: "")
        disk = Library.open([texts], builtin=False, keeping=Keeping("disk", remark=said.append))
        assert isinstance(disk.index, StoredIndex), said
        assert (disk.index.is_plain, len(said)) == (plain, int(plain))
        yield Both(memory, disk)


@pytest.fixture(scope="module")
def language() -> Language:
    return Library.open().corpus.language


# -- The index


def test_the_texts_are_as_various_as_real_ones(both: Both) -> None:
    statements = both.memory.all_statements
    assert len(statements) > 2500
    assert {s.kind for s in statements} == {BULLET, PROSE}
    assert {s.source for s in statements} == {"ap", "sv", "krf", "mdg", "h-2017", "h-2021", "v", "bygdelista"}
    assert {s.year for s in statements} == {None, 2005, 2009, 2013, 2017, 2019, 2021}
    for field in ("section", "lead_in", "speaker", "page"):
        assert len({getattr(s, field) for s in statements}) > 2, field
    assert {"rusomsorg", "avrusingstilbud", "2,4", "24/7", "lar", "nav", "åpne", "bæra", "register"} <= {
        *both.memory.index.words
    }


def test_statements_read_back_equal(both: Both) -> None:
    assert list(both.disk.all_statements) == list(both.memory.all_statements)
    assert dict(both.disk.statements) == dict(both.memory.statements)


def test_statements_are_found_by_number_slice_and_id(both: Both) -> None:
    memory, disk = both.memory.all_statements, both.disk.all_statements
    assert len(disk) == len(memory)
    assert (disk[0], disk[-1], list(disk[5:900:83])) == (memory[0], memory[-1], list(memory[5:900:83]))
    assert [disk.index(statement) for statement in memory[::97]] == [*range(0, len(memory), 97)]
    assert both.disk.statements["v-b03"] == both.memory.statements["v-b03"]
    for missing in ("v-b3", "v-b003", "v-b00", "v-x03", "v-b", "v", "", "x-b03", "v-b99999", "v-b²", "v-b-1"):
        assert missing not in both.disk.statements
    with pytest.raises(IndexError):
        disk[len(memory)]


def test_the_vocabulary_is_the_same(both: Both) -> None:
    assert list(both.disk.index.words) == both.memory.index.words
    assert same_words(both.memory.index, both.disk.index)


def test_every_word_has_the_same_statements(both: Both) -> None:
    memory, disk = both.memory.index, both.disk.index
    for word in memory.words:
        assert list(disk.postings(word)) == list(memory.postings(word)), word
        assert disk.frequency(word) == memory.frequency(word), word


@pytest.mark.parametrize("word", ["", "finnesikke", "behandlin", "LAR", "rus-", "2,", "\n", "ø\n", "\u0301", "\ud800"])
def test_what_is_no_word_of_the_texts_is_none_on_disk(both: Both, word: str) -> None:
    for index in both:
        assert word not in index.index
        assert list(index.index.postings(word)) == []
        assert index.index.frequency(word) == 0


def test_beginnings_letters_and_spellings_find_the_same_words(both: Both) -> None:
    memory, disk = both.memory.index, both.disk.index
    words, chance = memory.words, random.Random(3)
    pieces = {"ø", "og", "behandling", "zz", "å", "2,", "lar", "\u0301"}
    for word in chance.sample(words, 250):
        at = chance.randrange(len(word))
        pieces |= {word, word[: at + 1], word[at:], word[at : at + 3]}
    for piece in pieces:
        assert list(disk.starting(piece)) == list(memory.starting(piece)), piece
        assert list(disk.containing(piece)) == list(memory.containing(piece)), piece
    for word in (*words, "aa", "finnesikke"):
        key = ascii_spelling(word)
        assert list(disk.spelt_in_ascii(key)) == list(memory.spelt_in_ascii(key)), key


def test_texts_are_read_and_words_are_cut_the_same(both: Both) -> None:
    memory, disk = both.memory.index, both.disk.index
    for statement in memory.statements:
        assert disk.tokens(statement.text) == memory.tokens(statement.text), statement.text
    for word in memory.words:
        assert disk.splitter.parts(word) == memory.splitter.parts(word), word


def test_as_many_statements_hold_one_of_some_words(both: Both) -> None:
    memory, disk = both.memory.index, both.disk.index
    chance = random.Random(4)
    for count in [0, 1, 2, 3, 10, 200] * 5:
        words = [*chance.sample(memory.words, count), "finnesikke"][: count or 0]
        assert disk.holding(words) == memory.holding(words), words


def same_words(memory: AnyIndex, disk: AnyIndex) -> bool:
    return all(word in disk for word in memory.words) and all(word in memory for word in disk.words)


# -- The search


def answer(library: Library, asked: Asked) -> Found | str:
    try:
        return library.find(asked.query, asked.selection, exact=asked.exact, limit=asked.limit)
    except QueryError as error:
        return str(error)


@pytest.mark.parametrize("kind", engine_texts.KINDS)
def test_queries_are_answered_the_same(both: Both, kind: str) -> None:
    answered, plain = 0, both.disk.index.is_plain
    for asked in engine_texts.questions(kind, 4 if plain else 10):
        memory, disk = answer(both.memory, asked), answer(both.disk, asked)
        if isinstance(memory, str) or isinstance(disk, str):
            assert disk == memory, asked
            continue
        assert disk.hits == memory.hits, asked  # ids, scores, and every match with its reason, weight and note
        assert memory.all_told, asked
        if disk.all_told or plain:
            assert (disk.all_told, disk.total) == (True, memory.total), asked
        else:
            # The one thing that differs: the engine does not count on when more than enough has been found.
            assert (asked.limit is not None, disk.total) == (True, 100), asked
            assert memory.total > 100, asked
        answered += bool(memory.hits)
    assert answered >= (1 if plain else 3), f"the queries of the kind '{kind}' find next to nothing"


@pytest.mark.parametrize("both", ["engine"], indirect=True)
def test_some_queries_have_more_answers_than_are_counted(both: Both) -> None:
    found = both.disk.find("behandling tilbud", limit=20)
    assert (found.all_told, found.total, len(found.hits)) == (False, 100, 20)
    assert both.disk.find("behandling tilbud", limit=250).total == 250
    everything = both.disk.find("behandling tilbud")
    assert (everything.all_told, everything.total) == (True, len(both.memory.find("behandling tilbud").hits))


def test_what_an_actor_is_asked_for_in_vain_is_remarked_the_same(both: Both) -> None:
    for query, selection in [(asked.query, asked.selection) for asked in engine_texts.questions("actor named", 8)]:
        found = [library.remarks(query, selection, library.find(query, selection, limit=5).hits) for library in both]
        assert found[0] == found[1]


@pytest.mark.parametrize("query", ["qwxyzz", "lekeplas behandlign", "fotballstadion", "naltreksonn", "barnehageplas"])
def test_what_was_meant_is_the_same(both: Both, query: str) -> None:
    assert both.disk.did_you_mean(query) == both.memory.did_you_mean(query)
    assert both.disk.unknown_words(query) == both.memory.unknown_words(query)


# -- Each part, against plain lists


def said(texts: Sequence[str]) -> list[Statement]:
    return [
        Statement(f"x-b{number:02d}", "X", "x", None, BULLET, number, None, 0, len(text), text)
        for number, text in enumerate(texts, 1)
    ]


def built(texts: Sequence[str], language: Language) -> tuple[Index, StoredIndex]:
    """The texts as an index in memory and one on disk; its files are mapped, so the folder may go."""
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder), said(texts), language, size=sum(map(len, texts)))
        return Index(said(texts), language), StoredIndex(Path(folder), language)


def check_same(memory: Index, disk: StoredIndex) -> None:
    assert list(disk.words) == memory.words
    for word in memory.words:
        assert (word, list(disk.postings(word))) == (word, list(memory.postings(word)))


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param([], id="no statement"),
        pytest.param(["Ja."], id="one statement"),
        pytest.param(["…", "–", "\U0001f600"], id="statements without a word"),
        pytest.param(["rus- og avhengighetsomsorg", "barne-"], id="only suspended compounds"),
        pytest.param(["ord " * 3000, "ord"], id="a word many times in one"),
        pytest.param(["x" * 60_000, "y"], id="a word of a whole page"),
        pytest.param(["LAR", "lar", "Lar", "laR", "NAV og nav", "nav-kontor", "NAV-kontor"], id="acronyms"),
    ],
)
def test_any_number_of_statements_makes_the_same_index(texts: list[str], language: Language) -> None:
    memory, disk = built(texts, language)
    check_same(memory, disk)
    assert len(disk.statements) == len(texts)


def test_acronyms_of_ones_own_count_in_capitals_only(language: Language) -> None:
    own = language._replace(acronyms=language.acronyms | {"t1", "é", "b"})
    memory, disk = built(["T1 kjører", "t1 kjører", "Vi vil ha É og B", "é og b", "B", "b", "en tb1"], own)
    check_same(memory, disk)
    assert [list(disk.postings(word)) for word in ("t1", "é", "b")] == [[0], [2], [2, 4]]


PIECES = (
    "rus- og avhengighetsomsorg", "omsorg", "avhengighet", "og", ",", "-", "\u2010", "\u2011", "–", "—", "/", ".", ":",
    "LAR", "lar", "Nav", "NAV", "2,4", "24/7", "1.000,5", "7", "a\u030a", "o\u0308", "\u0301", "\u0345", "ä", "Ö", "ẞ",
    "ß", "É", "Ł", "ﬁ", "ﬀ", "ª", "²", "½", "…", "«", "»", "“", "’", "·", "\u2022", "\u200d", "\U0001f600", "ʼ", "ǅ",
    "\u212b", "\u00ad", "_", "\u00a0", "Ω", "Ж", "語", "\u0660", "١٢", "ⅻ", "\ufeff", "x", "tilbud",
)  # fmt: skip


def test_whatever_stands_side_by_side_is_read_the_same(language: Language) -> None:
    chance = random.Random(11)
    texts = [
        "".join(chance.choice(PIECES) + chance.choice(("", "", " ")) for _ in range(chance.randint(1, 9)))
        for _ in range(1500)
    ]
    memory, disk = built(texts, language)
    check_same(memory, disk)
    assert all(disk.tokens(text) == memory.tokens(text) for text in texts)


letters = st.characters(exclude_categories=["Cs"])
anything = st.text(letters, max_size=20)


# The capital dotted I is two letters when it is small: what a word is then depends on who looks.
@settings(max_examples=12, deadline=None)
@given(st.lists(anything.filter(lambda text: "\u0130" not in text), min_size=20, max_size=60))
def test_any_text_is_read_the_same(language: Language, texts: list[str]) -> None:
    check_same(*built(texts, language))


@settings(deadline=None)
@given(st.lists(st.integers(0, 2**32 - 1), max_size=50))
def test_numbers_read_back_the_same(values: list[int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "numbers"
        arrays.write_numbers(path, arrays.U32, values)
        assert list(arrays.numbers(path, arrays.U32)) == values


@settings(deadline=None)
@given(st.lists(st.lists(anything, max_size=5), max_size=5))
@example([[""], [], ["", "å", ""]])
def test_texts_read_back_the_same(handfuls: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        with arrays.TextsWriter(Path(folder), "said") as writer:
            for handful in handfuls:
                writer.add(handful)
        read = arrays.Texts(Path(folder), "said")
        given_in = [text for handful in handfuls for text in handful]
        assert [read[number] for number in range(len(read))] == given_in


words = st.text(st.characters(categories=["L", "N", "M"]), min_size=1, max_size=12) | st.text("aeoåøæbs", min_size=1)


@settings(deadline=None)
@given(st.dictionaries(words, st.integers(1, 2**32 - 1), max_size=40), words, st.data())
def test_words_are_found_as_in_a_plain_list(frequencies: dict[str, int], other: str, data: st.DataObject) -> None:
    every = sorted(frequencies)
    plain = set(data.draw(st.lists(st.sampled_from(every), unique=True))) if every else set()
    with tempfile.TemporaryDirectory() as folder:
        write_vocabulary(Path(folder), frequencies, plain, PLAIN_ENDINGS)
        found = Vocabulary(Path(folder))
    assert (found.all(), len(found)) == (every, len(every))
    for word in (*every, other):
        assert (word in found, found.frequency(word)) == (word in frequencies, frequencies.get(word, 0))
        assert found.is_plain(word) == (word in plain)
        key = ascii_spelling(word)
        assert list(found.spelt_in_ascii(key)) == [w for w in every if ascii_spelling(w) == key]
        for piece in (word, word[:2], word[-2:]):
            assert list(found.starting(piece)) == [w for w in every if w.startswith(piece)]
            assert list(found.containing(piece)) == [w for w in every if piece in w]
        for stem in (word, word[:-1], word[:-2], word[:-3]):
            known = len(stem) > 3 and any(stem + ending in frequencies for ending in PLAIN_ENDINGS)
            assert found.has_form(stem) == (stem in frequencies or known)


counts = st.integers(0, 2**32 - 1)
some_text = anything.filter(bool)
records = st.builds(
    lambda kind, own, *rest: (f"-{'b' if kind == BULLET else 'p'}{own:02d}", kind, *rest),
    st.sampled_from([BULLET, PROSE]),
    counts,
    st.none() | st.integers(-(2**31) + 1, 2**31 - 1),
    counts,
    st.none() | st.integers(1, 2**32 - 1),
    counts,
    counts,
    anything,
    anything,
    st.none() | some_text,
    st.none() | some_text,
)


@settings(max_examples=50, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["a", "b-2", "høyre", "x-b01"]),
        st.lists(records, min_size=1, max_size=12, unique_by=lambda record: record[0]),
    )
)
def test_records_read_back_the_same(by_source: dict[str, list[tuple]]) -> None:  # type: ignore[type-arg]
    statements = [
        Statement(f"{source}{end}", f"by {source}", source, year, kind, line, page, begin, stop, text, *context)
        for source, records in by_source.items()
        for end, kind, year, line, page, begin, stop, text, *context in records
    ]
    told: list[tuple[int, str, str, bool]] = []
    ids = list(by_source)
    with tempfile.TemporaryDirectory() as folder:
        columns = write_statements(
            Path(folder),
            iter(statements),
            lambda number, place, text, item: told.append((number, ids[place], text, item)),
        )
        stored = Stored(Path(folder), columns)
    assert [column[:2] for column in columns] == [(source, f"by {source}") for source in ids]
    assert columns == [Column(source, f"by {source}", [s.source for s in statements].index(source)) for source in ids]
    assert told == [(n, s.source, s.text, s.kind == BULLET) for n, s in enumerate(statements)]
    assert list(stored) == statements
    assert dict(ById(stored)) == {statement.id: statement for statement in statements}
    assert [stored.index(statement) for statement in statements] == [*range(len(statements))]
    assert [stored.text(number) for number in range(len(stored))] == [statement.text for statement in statements]


ACRONYMS = frozenset({"lar", "nav", "t1"})


@given(words | st.sampled_from(["2,4", "24/7", "lar", "a\u0323", "10:30"]))
def test_a_word_survives_being_stored(word: str) -> None:
    assert as_word(as_term(word, ACRONYMS), ACRONYMS) == word


@pytest.mark.parametrize("word", sorted(ACRONYMS))
def test_what_looks_like_an_acronym_is_not_one(word: str) -> None:
    assert as_word(word, ACRONYMS) is None
    assert as_term(word, ACRONYMS) != word


# -- What words stood for before


def test_what_was_found_is_remembered_as_it_was(tmp_path: Path) -> None:
    forms = {"plasser": Way(0.97, "inflection"), "døgnplass": Way(0.85, "compound", "en «merknad»")}
    remembered = Remembered(tmp_path / "words")
    assert remembered.recall("plass", "forms", revived) is None
    remembered.keep("plass", "forms", forms)
    assert remembered.recall("plass", "forms", revived) == forms
    assert list(remembered.recall("plass", "forms", revived) or ()) == ["plasser", "døgnplass"]
    assert remembered.recall("plass", "typed", revived) is None


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b'{"word": "plass", "found": {"a": [', id="half of it"),
        pytest.param(b'{"word": "annet", "found": {}}', id="another word in the same file"),
        pytest.param(b"[]", id="no record"),
        pytest.param(b'{"word": "plass", "found": {"a": 1}}', id="a form without its way"),
        pytest.param(b"\xff\xfe", id="no text"),
    ],
)
def test_what_is_no_memory_of_a_word_is_not_recalled(tmp_path: Path, written: bytes) -> None:
    remembered = Remembered(tmp_path)
    remembered.keep("plass", "forms", {})
    (file,) = tmp_path.glob("*.json")
    file.write_bytes(written)
    assert remembered.recall("plass", "forms", revived) is None


def test_where_nothing_can_be_written_nothing_is_remembered(tmp_path: Path) -> None:
    (tmp_path / "words").write_text("a file where the folder should be", "utf-8")
    remembered = Remembered(tmp_path / "words")
    remembered.keep("plass", "forms", {"plasser": Way(0.97, "inflection")})
    assert remembered.recall("plass", "forms", revived) is None
