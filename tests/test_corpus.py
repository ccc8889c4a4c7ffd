"""Folders to a corpus: one broken in each possible way says what is wrong and on which line, and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from rusq.check import doubts, summary
from rusq.corpus import Corpus, Folder, builtin_folder, own_folder
from rusq.errors import CorpusError, RusqError
from rusq.library import Library
from rusq.model import Problem

ROOT = Path(__file__).parent.parent
Change = Callable[[Path], None]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder with copies of `data` and `seeds`, free to be broken."""
    for name in ("data", "seeds"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def corpus_in(folder: Path) -> Corpus:
    return Corpus([Folder(folder / "data", folder / "seeds", builtin=True)])


def problems_of(folder: Path) -> list[str]:
    return [str(problem) for problem in corpus_in(folder).problems()]


# -- Ways to break it. What is put in comes first in its file, so that the lines do not depend on the data.


def first(name: str, text: str) -> Change:
    """`text` put before all else in a table."""

    def change(folder: Path) -> None:
        path = folder / "data" / name
        path.write_bytes(text.encode() + path.read_bytes())

    return change


def first_in(name: str, table: str, text: str) -> Change:
    """`text` put before all else in the plain table `[table]`, which is moved to the top of the file."""

    def change(folder: Path) -> None:
        path = folder / "data" / name
        head = f"[{table}]\n"
        rest = path.read_text("utf-8")
        assert rest.count(head) == 1
        path.write_text(head + text + rest.replace(head, ""), "utf-8")

    return change


def instead(name: str, text: str) -> Change:
    """A table that holds `text` and no more."""

    def change(folder: Path) -> None:
        (folder / "data" / name).write_text(text, "utf-8")

    return change


def text(name: str, raw: bytes) -> Change:
    """A text of these bytes among the seeds."""

    def change(folder: Path) -> None:
        (folder / "seeds" / name).write_bytes(raw)

    return change


def both(*changes: Change) -> Change:
    def change(folder: Path) -> None:
        for one in changes:
            one(folder)

    return change


def actor(*lines: str) -> Change:
    return first("actors.toml", "\n".join(["[[actor]]", *lines, ""]))


def source(*lines: str) -> Change:
    return first("sources.toml", "\n".join(["[[source]]", *lines, ""]))


def topic(*lines: str) -> Change:
    return first("topics.toml", "\n".join(["[[topic]]", *lines, ""]))


def stance(*lines: str) -> Change:
    return first("stances.toml", "\n".join(["[[stance]]", *lines, ""]))


def link_to_a_secret(folder: Path) -> None:
    (folder / "secret.txt").write_text("Hemmelig.")
    (folder / "seeds" / "inside.txt").symlink_to(folder / "secret.txt")


X_TXT = ('id = "x"', 'actor = "H"', 'file = "x.txt"')


ACTORS = [
    pytest.param(
        actor('id = "X"', 'name = "Xx"', 'motto = "Ja"'),
        "data/actors.toml:4: unknown key 'motto'; known: id, name, kind, aliases",
        id="actor: unknown key",
    ),
    pytest.param(actor('id = "X"'), "data/actors.toml:1: 'name' is missing", id="actor: missing key"),
    pytest.param(actor('id = "X"', 'name = ""'), "data/actors.toml:1: 'name' is missing", id="actor: empty key"),
    pytest.param(
        actor('id = "X"', "name = 7"),
        "data/actors.toml:3: 'name' should be a text in quotes",
        id="actor: number for text",
    ),
    pytest.param(
        actor('id = "X"', 'name = "Xx"', 'aliases = "Xs"'),
        'data/actors.toml:4: \'aliases\' should be a list of texts, such as ["a", "b"]',
        id="actor: text for list",
    ),
    pytest.param(
        actor('id = "X"', 'name = "Xx"', 'aliases = ["Xs", 1]'),
        'data/actors.toml:4: \'aliases\' should be a list of texts, such as ["a", "b"]',
        id="actor: number in a list of texts",
    ),
    pytest.param(
        actor('id = "X"', 'name = "Xx"', 'aliases = ["Xs", ""]'),
        'data/actors.toml:4: \'aliases\' should be a list of texts, such as ["a", "b"]',
        id="actor: empty text in a list",
    ),
    pytest.param(
        actor('id = "X:y"', 'name = "Xx"'),
        "data/actors.toml:2: 'X:y' is no id: letters, digits and hyphens only",
        id="actor: colon in an id",
    ),
    pytest.param(
        actor('id = "X"', 'name = "Xx"', "[[actor]]", 'name = "Yy"', 'id = "X"'),
        "data/actors.toml:6: two actors have the id 'X'",
        id="actor: duplicate id",
    ),
    pytest.param(
        actor('id = "X"', 'name = "Xx"', 'aliases = ["Folk"]', "[[actor]]", 'id = "Y"', 'name = "folk"'),
        "data/actors.toml:5: 'folk' is a name of both X and Y",
        id="actor: alias of two actors",
    ),
    pytest.param(
        actor(
            'id = "X"', 'name = "Xx"', 'aliases = ["Rød"]', "[[actor]]", 'id = "Y"', 'name = "Yy"', 'aliases = ["Rod"]'
        ),
        "data/actors.toml:5: 'Rod' is a name of both X and Y",
        id="actor: alias of two actors in ASCII spelling",
    ),
    pytest.param(
        first("actors.toml", '[acter]\nid = "X"\n'),
        "data/actors.toml:1: unknown table 'acter'; known: actor",
        id="actor: unknown table",
    ),
    pytest.param(
        instead("stances.toml", '\n[stance]\nactor = "H"\n'),
        "data/stances.toml:2: write each stance under [[stance]]",
        id="actor: single brackets",
    ),
]

SOURCES = [
    pytest.param(
        source('id = "x"', 'actor = "Zz"', 'file = "venstre.txt"'),
        "data/sources.toml:3: no actor 'Zz' in actors.toml",
        id="source: unknown actor",
    ),
    pytest.param(
        source('id = "x"', 'actor = "H"', 'file = "venstre.txt"', 'colour = "blue"'),
        "data/sources.toml:5: unknown key 'colour'; known: id, actor, file, title, year, dating, sha256, original,"
        " numbers, withdrawn",
        id="source: unknown key",
    ),
    pytest.param(source('id = "x"', 'actor = "H"'), "data/sources.toml:1: 'file' is missing", id="source: missing key"),
    pytest.param(
        source('id = "x"', 'actor = "H"', 'file = "venstre.txt"', 'year = "2013"'),
        "data/sources.toml:5: 'year' should be a whole number",
        id="source: year in quotes",
    ),
    pytest.param(
        source('id = "x"', 'actor = "H"', 'file = "venstre.txt"', "year = true"),
        "data/sources.toml:5: 'year' should be a whole number",
        id="source: year that is a truth value",
    ),
    pytest.param(
        source('id = "x/y"', 'actor = "H"', 'file = "venstre.txt"'),
        "data/sources.toml:2: 'x/y' is no id: letters, digits and hyphens only",
        id="source: slash in an id",
    ),
    pytest.param(
        source('id = "x"', 'actor = "H"', 'file = "venstre.txt"', "[[source]]", *X_TXT),
        "data/sources.toml:6: two sources have the id 'x'",
        id="source: duplicate id",
    ),
    pytest.param(
        source('id = "x"', 'actor = "H"', 'file = "../../etc/passwd"'),
        "data/sources.toml:4: '../../etc/passwd' lies outside the corpus",
        id="source: path upwards",
    ),
    pytest.param(
        source('id = "x"', 'actor = "H"', 'file = "/etc/passwd"'),
        "data/sources.toml:4: '/etc/passwd' lies outside the corpus",
        id="source: absolute path",
    ),
    pytest.param(
        both(link_to_a_secret, source('id = "x"', 'actor = "H"', 'file = "inside.txt"')),
        "data/sources.toml:4: 'inside.txt' lies outside the corpus",
        id="source: link that leads out of the folder",
    ),
    pytest.param(
        source(*X_TXT), "data/sources.toml:4: cannot read 'x.txt': No such file or directory", id="source: missing text"
    ),
    pytest.param(
        source('id = "x"', 'actor = "H"', 'file = "."'),
        "data/sources.toml:4: cannot read '.': Is a directory",
        id="source: folder for a text",
    ),
    pytest.param(
        both(text("x.txt", b"Alt er bra.\nAlt er bl\xe5tt.\n"), source(*X_TXT)),
        "seeds/x.txt:2: not UTF-8",
        id="source: text in Latin-1",
    ),
    pytest.param(
        both(
            text("x.txt", b"Alt er bra!\n"),
            # of b"Alt er bra.\n"
            source(*X_TXT, 'sha256 = "e23cb2f21d7a4fe9cbd60040ae8737e2053c129a0ab101f64aa9338b8fcafc28"'),
        ),
        "seeds/x.txt:1: the text has changed: its checksum is not the one in data/sources.toml:4",
        id="source: text changed by one byte",
    ),
]

TOPICS = [
    pytest.param(
        topic('id = "x"', 'nb = "Xx"', 'parent = "gone"'),
        "data/topics.toml:4: no topic 'gone' to be the parent of 'x'",
        id="topic: missing parent",
    ),
    pytest.param(
        both(
            topic('id = "z"', 'nb = "Zz"', 'parent = "y"'),
            topic('id = "y"', 'nb = "Yy"', 'parent = "x"'),
            topic('id = "x"', 'nb = "Xx"'),
        ),
        "data/topics.toml:11: 'y' has a parent itself: two levels only",
        id="topic: grandparent",
    ),
    pytest.param(
        topic('id = "x"', 'nb = "Xx"', 'parent = "x"'),
        "data/topics.toml:4: 'x' has a parent itself: two levels only",
        id="topic: its own parent",
    ),
    pytest.param(
        topic('id = "x"', 'nb = "Xx"', 'related = ["lar", "gone"]'),
        "data/topics.toml:4: no topic 'gone' to be related to 'x'",
        id="topic: unknown related",
    ),
    pytest.param(
        topic('id = "x"', 'nb = "Xx"', "[[topic]]", 'id = "x"', 'nb = "Yy"'),
        "data/topics.toml:5: two topics have the id 'x'",
        id="topic: duplicate id",
    ),
    pytest.param(
        topic('id = "x:y"', 'nb = "Xx"'),
        "data/topics.toml:2: 'x:y' is no id: letters, digits and hyphens only",
        id="topic: colon in an id",
    ),
    pytest.param(
        topic('id = "x"', 'nb = "Xx"', 'sv = "Xx"'),
        "data/topics.toml:4: unknown key 'sv'; known: id, nb, nn, en, parent, scope, aliases, related, terms",
        id="topic: unknown key",
    ),
    pytest.param(
        topic('id = "x"', 'nb = "Xx"', 'aliases.sv = ["Xs"]'),
        "data/topics.toml:4: 'aliases' should be lists of texts by language, such as aliases.nb = [\"a\"]",
        id="topic: aliases in an unknown language",
    ),
]

JUDGED = [
    pytest.param(
        first_in("occurrences.toml", "statements", 'h2013-b99 = ["lar"]\n'),
        "data/occurrences.toml:2: no statement 'h2013-b99'",
        id="occurrence of an unknown statement",
    ),
    pytest.param(
        both(
            text("x.txt", b"Alt er bra.\n"),
            source(*X_TXT),
            first_in("occurrences.toml", "statements", 'x-p01 = ["gone"]\n'),
        ),
        "data/occurrences.toml:2: no topic 'gone'",
        id="occurrence of an unknown topic",
    ),
    pytest.param(
        both(
            text("x.txt", b"Alt er bra.\n"),
            source(*X_TXT),
            first_in("occurrences.toml", "statements", '# read twice\nx-p01 = ["lar", "bolig", "lar"]\n'),
        ),
        "data/occurrences.toml:3: a topic stands twice for 'x-p01'",
        id="occurrence of a topic twice",
    ),
    pytest.param(
        both(
            text("x.txt", b"Alt er bra.\n"),
            source(*X_TXT),
            first_in("occurrences.toml", "statements", 'x-p01 = "lar"\n'),
        ),
        'data/occurrences.toml:2: \'x-p01\' should be a list of texts, such as ["a", "b"]',
        id="occurrence that is no list",
    ),
    pytest.param(
        stance('actor = "V"', 'topic = "lar"', 'stance = "for"', 'statement = "h2013-b05"', 'why = "wants it"'),
        "data/stances.toml:5: 'h2013-b05' is H's, not V's",
        id="stance by another's statement",
    ),
    pytest.param(
        stance('actor = "H"', 'topic = "lar"', 'stance = "maybe"', 'statement = "h2013-b05"', 'why = "wants it"'),
        "data/stances.toml:4: 'maybe' is no stance; known: for, against, trial, consider, conditional",
        id="unknown word for a stance",
    ),
    pytest.param(
        stance('actor = "H"', 'topic = "gone"', 'stance = "for"', 'statement = "h2013-b05"', 'why = "wants it"'),
        "data/stances.toml:3: no topic 'gone'",
        id="stance on an unknown topic",
    ),
    pytest.param(
        stance('actor = "H"', 'topic = "lar"', 'stance = "for"', 'statement = "h2013-b99"', 'why = "wants it"'),
        "data/stances.toml:5: no statement 'h2013-b99'",
        id="stance by an unknown statement",
    ),
    pytest.param(
        stance('actor = "H"', 'topic = "lar"', 'stance = "for"', 'statement = "h2013-b05"'),
        "data/stances.toml:1: 'why' is missing",
        id="stance without a reason",
    ),
]

WORDS = [
    pytest.param(
        first_in("lexicon.toml", "words", 'rusord = "syn: noe"\n'),
        "data/lexicon.toml:2: rusord: 'syn: noe' is not 'kind: name, name' with a kind of same, abbr, brand, lay, nn,"
        " en, near, from",
        id="unknown kind of name",
    ),
    pytest.param(
        first_in("lexicon.toml", "words", '# slips\nrusord = "noe"\n'),
        "data/lexicon.toml:3: rusord: 'noe' is not 'kind: name, name' with a kind of same, abbr, brand, lay, nn, en,"
        " near, from",
        id="names without a kind",
    ),
    pytest.param(
        first_in("lexicon.toml", "words", 'rusord = "same: noe; en: thing; same: ting"\n'),
        "data/lexicon.toml:2: rusord: 'same' stands twice",
        id="a kind twice",
    ),
    pytest.param(
        first_in("lexicon.toml", "words", 'rusord = "same: noe, "\n'),
        "data/lexicon.toml:2: rusord: an empty name under 'same'",
        id="empty name",
    ),
    pytest.param(
        first_in("lexicon.toml", "words", "rusord = 3\n"),
        "data/lexicon.toml:2: 'rusord' should be a text in quotes",
        id="number for a line",
    ),
    pytest.param(
        first("lexicon.toml", '[[errata]]\nstatement = "v-b01"\nreads = "x"\nmeant = "y"\n'),
        "data/lexicon.toml:1: 'why' is missing",
        id="erratum without a reason",
    ),
    pytest.param(
        instead("norwegian.toml", '[inflection]\nirregular = """\ngå gikk gått\nsto\n"""\n'),
        "data/norwegian.toml:4: 'sto' is not a line of words as [irregular] has them",
        id="irregular word without forms",
    ),
    pytest.param(
        instead("norwegian.toml", '[inflection]\nirregular = """gå gikk gått\nsto\n"""\n'),
        "data/norwegian.toml:3: 'sto' is not a line of words as [irregular] has them",
        id="irregular words from the first line on",
    ),
    pytest.param(
        instead("norwegian.toml", '[nynorsk]\nwords = "korleis hvordan åssen"\n'),
        "data/norwegian.toml:2: 'korleis hvordan åssen' is not a line of words as [words] has them",
        id="three words for two",
    ),
    pytest.param(
        instead("norwegian.toml", '[stop]\nasks = "hva"\n'),
        "data/norwegian.toml:2: unknown key 'asks' in [stop]; known: ask, function, light, english",
        id="unknown key of words",
    ),
    pytest.param(
        instead("norwegian.toml", '[stop]\nask = ["hva"]\n'),
        "data/norwegian.toml:2: 'ask' should be a text in quotes",
        id="list for a text of words",
    ),
    pytest.param(
        instead("norwegian.toml", '[stops]\nask = "hva"\n'),
        "data/norwegian.toml:1: unknown table 'stops'; known: stop, acronyms, inflection, nynorsk, compounds, real",
        id="unknown table of words",
    ),
]

TABLES = ["actors", "sources", "topics", "occurrences", "stances", "lexicon", "norwegian"]


@pytest.mark.parametrize(("change", "problem"), [*ACTORS, *SOURCES, *TOPICS, *JUDGED, *WORDS])
def test_a_fault_is_named_with_its_file_and_line_and_is_the_only_one(copy: Path, change: Change, problem: str) -> None:
    change(copy)
    assert problems_of(copy) == [problem]


@pytest.mark.parametrize("table", TABLES)
def test_a_table_that_is_not_toml_is_one_fault(copy: Path, table: str) -> None:
    first(f"{table}.toml", "# one\n# two\n= 3\n")(copy)
    assert problems_of(copy) == [f"data/{table}.toml:3: not TOML: Invalid statement"]


@pytest.mark.parametrize("table", TABLES)
def test_a_table_that_is_not_utf_8_is_one_fault(copy: Path, table: str) -> None:
    path = copy / "data" / f"{table}.toml"
    path.write_bytes(b"# one\n# two\n# bl\xe5\n" + path.read_bytes())
    assert problems_of(copy) == [f"data/{table}.toml:3: not UTF-8"]


def test_a_table_that_breaks_off_is_faulty_on_its_last_line(copy: Path) -> None:
    instead("stances.toml", '[[stance]]\nactor = "H"\nwhy = """because')(copy)
    assert problems_of(copy) == ["data/stances.toml:3: not TOML: Unterminated string"]


RESTS_ON_X = both(
    first_in("occurrences.toml", "statements", 'x-p01 = ["lar"]\n'),
    stance('actor = "H"', 'topic = "lar"', 'stance = "for"', 'statement = "x-p01"', 'why = "wants it"'),
)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        pytest.param(
            both(source(*X_TXT), RESTS_ON_X),
            "data/sources.toml:4: cannot read 'x.txt': No such file or directory",
            id="missing text",
        ),
        pytest.param(
            both(source(*X_TXT), text("x.txt", b"Bl\xe5.\n"), RESTS_ON_X),
            "seeds/x.txt:1: not UTF-8",
            id="text in Latin-1",
        ),
        pytest.param(
            both(source(*X_TXT, "yaer = 2013"), text("x.txt", b"Alt.\n"), RESTS_ON_X),
            "data/sources.toml:5: unknown key 'yaer'; known: id, actor, file, title, year, dating, sha256, original,"
            " numbers, withdrawn",
            id="faulty source",
        ),
        pytest.param(
            both(actor('id = "X"'), source('id = "x"', 'actor = "X"', 'file = "venstre.txt"')),
            "data/actors.toml:1: 'name' is missing",
            id="faulty actor",
        ),
        pytest.param(
            topic('id = "x"', "[[topic]]", 'id = "y"', 'nb = "Yy"', 'related = ["x"]'),
            "data/topics.toml:1: 'nb' is missing",
            id="faulty topic",
        ),
    ],
)
def test_a_fault_is_not_told_again_by_what_rests_on_it(copy: Path, change: Change, problem: str) -> None:
    change(copy)
    assert problems_of(copy) == [problem]


SEEDS = ["hoyre-2013.txt", "hoyre-2017.txt", "venstre.txt", "regjeringen-2015.txt", "frp-2017.txt"]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_built_in_text_changed_by_one_byte_is_one_fault(copy: Path, seed: str) -> None:
    path = copy / "seeds" / seed
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    (problem,) = corpus_in(copy).problems()
    assert (problem.file, problem.line) == (f"seeds/{seed}", 1)
    assert problem.what.startswith("the text has changed: its checksum is not the one in data/sources.toml:")


@pytest.mark.parametrize("seed", SEEDS)
def test_a_built_in_text_that_is_missing_is_one_fault(copy: Path, seed: str) -> None:
    (copy / "seeds" / seed).unlink()
    assert [(problem.file, problem.what) for problem in corpus_in(copy).problems()] == [
        ("data/sources.toml", f"cannot read '{seed}': No such file or directory")
    ]


# -- Many faults

MANY = both(
    actor('id = "X"', 'name = "Xx"', 'motto = "Ja"'),
    source('id = "x"', 'actor = "Zz"', 'file = "x.txt"', 'sha256 = "00"'),
    text("x.txt", b"Alt er bra.\n"),
    topic('id = "y"', 'nb = "Yy"', 'parent = "gone"', 'related = ["gone"]'),
    first_in("occurrences.toml", "statements", 'h2013-b99 = ["gone"]\n'),
    stance('actor = "H"', 'topic = "lar"', 'stance = "maybe"', 'statement = "h2013-b98"', 'why = "wants it"'),
    first_in("lexicon.toml", "words", 'rusord = "same: "\nannet = "en: "\n'),
)
ALL_OF_THEM = [
    "data/actors.toml:4: unknown key 'motto'; known: id, name, kind, aliases",
    "data/lexicon.toml:2: rusord: an empty name under 'same'",
    "data/lexicon.toml:3: annet: an empty name under 'en'",
    "data/occurrences.toml:2: no statement 'h2013-b99'",
    "data/occurrences.toml:2: no topic 'gone'",
    "data/sources.toml:3: no actor 'Zz' in actors.toml",
    "data/stances.toml:4: 'maybe' is no stance; known: for, against, trial, consider, conditional",
    "data/stances.toml:5: no statement 'h2013-b98'",
    "data/topics.toml:4: no topic 'gone' to be the parent of 'y'",
    "data/topics.toml:5: no topic 'gone' to be related to 'y'",
    "seeds/x.txt:1: the text has changed: its checksum is not the one in data/sources.toml:4",
]


def test_all_faults_are_told_at_once_in_the_order_of_the_files(copy: Path) -> None:
    MANY(copy)
    assert problems_of(copy) == ALL_OF_THEM


@pytest.mark.parametrize(
    "part", ["actors", "sources", "topics", "occurrences", "stances", "documents", "statements", "texts", "lexicon"]
)
def test_whatever_is_asked_for_first_all_faults_are_told(copy: Path, part: str) -> None:
    MANY(copy)
    with pytest.raises(CorpusError) as caught:
        getattr(corpus_in(copy), part)
    assert list(caught.value.problems) == ALL_OF_THEM


def test_faults_are_told_again_when_asked_again(copy: Path) -> None:
    MANY(copy)
    corpus = corpus_in(copy)
    corpus.problems()
    assert [str(problem) for problem in corpus.problems()] == ALL_OF_THEM


# -- Sound ones


def test_the_built_in_corpus_has_no_fault() -> None:
    assert Corpus([builtin_folder()]).problems() == []


def test_a_copy_of_the_built_in_corpus_has_no_fault(copy: Path) -> None:
    assert problems_of(copy) == []


def test_tables_with_windows_line_ends_have_no_fault(copy: Path) -> None:
    for path in (copy / "data").glob("*.toml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert problems_of(copy) == []


def test_a_link_within_the_folder_may_be_followed(copy: Path) -> None:
    (copy / "seeds" / "x.txt").symlink_to(copy / "seeds" / "venstre.txt")
    source(*X_TXT)(copy)
    assert problems_of(copy) == []
    assert len(corpus_in(copy).documents["x"].statements) == 24


def test_a_line_of_the_lexicon_needs_no_blanks_after_its_signs(copy: Path) -> None:
    first_in("lexicon.toml", "words", 'rusord = "same:ordrus,rusrus;en:thing"\n')(copy)
    corpus = corpus_in(copy)
    assert corpus.problems() == []
    assert {"rusord", "ordrus", "rusrus", "thing"} <= corpus.lexicon.words


def test_every_erratum_quotes_the_statement_it_names() -> None:
    corpus = Corpus([builtin_folder()])
    texts = {statement.id: statement.text for statement in corpus.statements}
    assert corpus.lexicon.errata
    assert [e for e in corpus.lexicon.errata if e.reads not in texts.get(e.statement, "")] == []


# -- Texts of one's own


def own(folder: Path, sources: str, **texts: str) -> Folder:
    (folder / "documents").mkdir(parents=True)
    (folder / "sources.toml").write_text(sources, "utf-8")
    for name, words in texts.items():
        (folder / "documents" / f"{name}.txt").write_text(words, "utf-8")
    return own_folder(folder)


def test_texts_of_ones_own_may_use_the_built_in_actors_and_topics(tmp_path: Path) -> None:
    folder = own(
        tmp_path / "mine", '[[source]]\nid = "sv"\nactor = "V"\nfile = "a.txt"\nyear = 2021\n', a="Vi vil mer.\n"
    )
    corpus = Corpus([builtin_folder(), folder])
    assert corpus.problems() == []
    assert list(corpus.sources) == ["h2013", "h2017", "v", "reg2015", "frp2017", "sv"]
    last = corpus.statements[-1]
    assert (last.id, last.actor, last.year, last.text) == ("sv-p01", "V", 2021, "Vi vil mer.")


def test_texts_of_ones_own_may_bring_their_own_actors(tmp_path: Path) -> None:
    folder = own(tmp_path / "mine", '[[source]]\nid = "k"\nactor = "KS"\nfile = "a.txt"\n', a="Vi vil mer.\n")
    (tmp_path / "mine" / "actors.toml").write_text('[[actor]]\nid = "KS"\nname = "KS"\nkind = "organisation"\n')
    alone = Corpus([folder])
    assert alone.problems() == []
    assert (list(alone.actors), [s.id for s in alone.statements], alone.topics) == (["KS"], ["k-p01"], {})


def test_a_fault_in_texts_of_ones_own_shows_the_whole_path(tmp_path: Path) -> None:
    folder = own(tmp_path / "mine", '[[source]]\nid = "v"\nactor = "V"\nfile = "a.txt"\n', a="Vi vil mer.\n")
    problems = Corpus([builtin_folder(), folder]).problems()
    assert problems == [Problem(str(tmp_path / "mine" / "sources.toml"), 2, "two sources have the id 'v'")]


def test_a_folder_that_is_not_there_is_no_corpus(tmp_path: Path) -> None:
    with pytest.raises(RusqError) as caught:
        own_folder(tmp_path / "gone")
    assert str(caught.value) == (
        f"no corpus folder '{tmp_path}/gone'; it should hold a sources.toml and the texts in documents/"
    )


def test_a_folder_without_a_table_of_sources_is_no_corpus(tmp_path: Path) -> None:
    with pytest.raises(RusqError) as caught:
        own_folder(tmp_path)
    assert str(caught.value) == (f"'{tmp_path}' is no corpus: it has no sources.toml (DESIGN.md shows a small one)")


def test_no_texts_at_all_is_wrong_use() -> None:
    with pytest.raises(RusqError) as caught:
        Library.open(builtin=False)
    assert str(caught.value) == "--no-builtin leaves no texts; name a folder with -C DIR"


# -- What is worth a look


def doubts_of(*folders: Folder) -> list[Problem]:
    library = Library(Corpus(folders))
    return list(doubts(library.corpus, library.topic_map))


def test_a_text_without_statements_is_doubtful(tmp_path: Path) -> None:
    folder = own(tmp_path / "mine", '[[source]]\nid = "k"\nactor = "KS"\nfile = "a.txt"\n', a="Forsiden\n")
    (tmp_path / "mine" / "actors.toml").write_text('[[actor]]\nid = "KS"\nname = "KS"\n')
    place = str(tmp_path / "mine" / "documents" / "a.txt")
    assert doubts_of(folder) == [Problem(place, 1, "no statement found in this text", doubt=True)]


def test_a_statement_without_a_topic_is_doubtful(tmp_path: Path) -> None:
    folder = own(tmp_path / "mine", '[[source]]\nid = "k"\nactor = "KS"\nfile = "a.txt"\n', a="En.\n\nVi vil mer.\n")
    (tmp_path / "mine" / "actors.toml").write_text('[[actor]]\nid = "KS"\nname = "KS"\n')
    (tmp_path / "mine" / "occurrences.toml").write_text("[statements]\nk-p01 = []\n")
    place = str(tmp_path / "mine" / "documents" / "a.txt")
    assert doubts_of(folder) == [Problem(place, 3, "k-p02 has no topic", doubt=True)]


@pytest.mark.parametrize(
    ("faults", "doubtful", "said"),
    [
        pytest.param(0, 0, "no faults", id="none"),
        pytest.param(1, 0, "1 fault", id="one fault"),
        pytest.param(2, 0, "2 faults", id="two faults"),
        pytest.param(0, 1, "no faults, 1 doubt", id="one doubt"),
        pytest.param(2, 3, "2 faults, 3 doubts", id="both"),
    ],
)
def test_problems_are_summed_up_in_words(faults: int, doubtful: int, said: str) -> None:
    fault, doubt = Problem("a", 1, "x"), Problem("a", 1, "x", doubt=True)
    assert summary([fault] * faults + [doubt] * doubtful) == said
