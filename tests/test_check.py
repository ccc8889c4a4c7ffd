"""What is doubtful in texts of one's own: told with file and line, the first of each sort and how many more."""

from __future__ import annotations

from pathlib import Path

import pytest

from rusq.check import doubts, doubts_by_source
from rusq.corpus import Corpus, builtin_folder, own_folder
from rusq.damage import damage
from rusq.library import Library

# -- Signs of broken extraction


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Vi vil ha m\ufffdlkekyr.", ["1 a lost character: 'm\ufffdlkekyr.'"], id="a lost character"),
        pytest.param("En.\nVi vil\x07 mer.", ["2 a control character"], id="a control character"),
        pytest.param("Vi vil \u202emer\u202c.", ["1 a control character"], id="a mark that turns text around"),
        pytest.param("Det oWentlige skal.", ["1 a capital within a word: 'oWentlige'"], id="a broken font map"),
        pytest.param("Kjøp iPad til eHelse hos NorCom AS på YouTube.", [], id="names written so"),
        pytest.param("Partiet XYZvil det.", [], id="a short end"),
        pytest.param("PartietXYZønsker mer.", ["1 words run together: 'PartietXYZønsker'"], id="words run together"),
        pytest.param("Vi v i l h a mer", ["1 a word torn apart into letters: 'v i l h'"], id="torn apart"),
        pytest.param("Se a, b og c i d", [], id="single letters between words"),
        pytest.param("Skole . . . . . . 12", ["1 dots that lead to a page number: '. . . . .'"], id="dot leaders"),
        pytest.param("Og så ... kom de.", [], id="a pause"),
        pytest.param("x" * 41, [f"1 a very long word: '{'x' * 41}'"], id="a very long word"),
        pytest.param("menneskerettighetsorganisasjonene", [], id="an ordinary long word"),
        pytest.param(
            "Vi vil ha mer rusmiddel-\nbruk.", ["1 a hyphen at the end of a line: 'rusmiddel-'"], id="a hyphen"
        ),
        pytest.param("Vi vil styrke rus- og helsetilbud.", [], id="a hyphen within a line"),
        pytest.param("Vi vil mer.\n17\nOg mer.", ["2 a number alone on its line: '17'"], id="a page number"),
        pytest.param(
            "Vi vil at alle skal få den hjelpen de trenger når\nde trenger den.",
            ["1 a sentence that goes on in the next line: 'hjelpen de trenger når / de trenger den.'"],
            id="a sentence in two lines",
        ),
        pytest.param("Venstre vil:\nmer.\nHøyre vil\nmindre.", [], id="short lines that lead on"),
        pytest.param("# En lang overskrift som går over en hel linje her\nog så.", [], id="a heading"),
        pytest.param(
            "PARTIET 1\nVi.\n\fPARTIET 2\nVil.\n\fPARTIET 3\nMer.\n",
            ["1 a line at the top or foot of 3 pages: 'PARTIET #'"],
            id="a running head",
        ),
        pytest.param("Vi vil:\nA.\n\fVi vil:\nB.\n\fVi vil:\nC.\n", [], id="what leads on, page by page"),
        pytest.param(
            "".join(f"PARTIET {n}\nVi vil ha {'mer ' * n}.\nOg annet {'så ' * n}.\n" for n in range(1, 6)),
            ["1 a line that comes back in even distances: 'PARTIET #'"],
            id="a running head in a text without pages",
        ),
        pytest.param(
            "".join(
                "Kultur\n" + "".join(f"Om {'x' * n}{'y' * m} sier vi ja.\n" for m in range(n)) for n in (1, 3, 9, 2, 5)
            ),
            [],
            id="a heading that comes back here and there",
        ),
        pytest.param("PARTIET\nVi.\n\fPARTIET\nVil.\n", [], id="on two pages only"),
    ],
)
def test_a_line_that_looks_broken_is_told_with_what_is_odd(text: str, expected: list[str]) -> None:
    assert [f"{one.line} {one}" for one in damage(text)] == expected


def test_of_rows_only_what_one_line_can_show_is_told() -> None:
    assert [str(one) for one in damage("actor\ttext\nV\tDet oWentlige og så\n17\nog mer-\n", rows=True)] == [
        "a capital within a word: 'oWentlige'"
    ]


def test_a_line_is_told_once_for_each_sign() -> None:
    assert [one.line for one in damage("oWentlig og oWentlig\n\noWentlig\n")] == [1, 3]


# -- A corpus


def own(folder: Path, sources: str, **files: str) -> Corpus:
    """A folder of its own beside the built-in tables, without the built-in texts."""
    (folder / "documents").mkdir(parents=True)
    (folder / "sources.toml").write_text(sources, "utf-8")
    for name, words in files.items():
        stem, _, ending = name.rpartition("_")
        place = folder if ending == "toml" else folder / "documents"
        (place / f"{stem}.{ending}").write_text(words, "utf-8")
    return Corpus([builtin_folder()._replace(left_out=True), own_folder(folder)])


def doubts_of(corpus: Corpus, *, about: str = "") -> list[str]:
    """The doubts that speak of `about`, without the folder before the names of files."""
    library = Library(corpus)
    root = f"{corpus.folders[1].tables}/"
    return [str(p).removeprefix(root) for p in doubts(corpus, library.topic_map) if about in p.what]


ONE = '[[source]]\nid = "s"\nactor = "SV"\nfile = "s.txt"\n'


def test_of_many_doubts_of_one_sort_the_first_are_told_and_how_many_more(tmp_path: Path) -> None:
    text = "".join(f"Det oWentlige nummer {number}.\n" for number in range(1, 9))
    assert doubts_of(own(tmp_path / "c", ONE, s_txt=text), about="capital") == [
        "documents/s.txt:1: looks broken: a capital within a word: 'oWentlige'",
        "documents/s.txt:2: looks broken: a capital within a word: 'oWentlige'",
        "documents/s.txt:3: looks broken: a capital within a word: 'oWentlige'",
        "documents/s.txt:4: looks broken: a capital within a word: 'oWentlige'",
        "documents/s.txt:5: looks broken: a capital within a word: 'oWentlige'",
        "documents/s.txt:6: … and 3 more with a capital within a word",
    ]


def test_statements_without_a_topic_are_counted_where_they_are_many(tmp_path: Path) -> None:
    text = "".join(f"Himmelen er blå {number}.\n" for number in range(1, 41))
    found = doubts_of(own(tmp_path / "c", ONE, s_txt=text), about="topic")
    assert found[0] == "documents/s.txt:1: s-p01 has no topic"
    assert found[5:] == ["documents/s.txt:6: … and 35 more without a topic"]


def test_a_statement_that_stands_twice_in_a_text_or_in_two_of_one_actor_is_doubtful(tmp_path: Path) -> None:
    two = (
        ONE + '[[source]]\nid = "t"\nactor = "SV"\nfile = "t.txt"\n[[source]]\nid = "v"\nactor = "V"\nfile = "v.txt"\n'
    )
    said = "Vi vil ha flere trær.\n"
    corpus = own(tmp_path / "c", two, s_txt=f"En.\n{said}{said}", t_txt=f"To.\n{said}", v_txt=f"Tre.\n{said}")
    assert doubts_of(corpus, about="same") == [
        "documents/s.txt:3: s-p03 is the same as s-p02",
        "documents/t.txt:2: t-p02 is the same as s-p02",
    ]


def test_short_statements_may_stand_twice(tmp_path: Path) -> None:
    assert doubts_of(own(tmp_path / "c", ONE, s_txt="Ja til mer.\nJa til mer.\n"), about="same") == []


def test_two_sources_with_the_same_text_are_told_once(tmp_path: Path) -> None:
    two = ONE + '[[source]]\nid = "t"\nactor = "V"\nfile = "t.txt"\n'
    text = "Vi vil ha flere trær.\nVi vil ha flere busker.\n"
    corpus = own(tmp_path / "c", two, s_txt=text, t_txt=text)
    assert doubts_of(corpus, about="same") == ["documents/t.txt:1: the same text as s"]


def test_a_text_without_statements_is_doubtful(tmp_path: Path) -> None:
    assert doubts_of(own(tmp_path / "c", ONE, s_txt="# Overskrift\n")) == [
        "documents/s.txt:1: no statement found in this text"
    ]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        pytest.param("b1-3", [], id="those it has"),
        pytest.param("b1-2", ["for 2 list items, and the text has 3"], id="fewer"),
        pytest.param("b1-4 p2", ["for 4 list items, and the text has 3"], id="more"),
    ],
)
def test_numbers_that_do_not_fit_the_text_are_doubtful(tmp_path: Path, numbers: str, expected: list[str]) -> None:
    corpus = own(tmp_path / "c", f'{ONE}numbers = "{numbers}"\n', s_txt="• En ting\n• To ting\n• Tre ting\n\nMer.\n")
    assert doubts_of(corpus, about="numbers") == [
        f"sources.toml:1: 'numbers' of s are {one}: ids may have moved" for one in expected
    ]


def test_an_original_that_is_not_there_is_doubtful(tmp_path: Path) -> None:
    corpus = own(tmp_path / "c", f'{ONE}original = "s.pdf"\n', s_txt="Vi vil mer.\n")
    assert doubts_of(corpus, about="original") == ["sources.toml:1: the original 's.pdf' of s is not there"]


def test_terms_of_ones_own_topics_that_meet_nothing_are_told_one_by_one(tmp_path: Path) -> None:
    topics = (
        '[[topic]]\nid = "tre"\nnb = "Trær"\nterms = ["trær", "busker", "gress"]\n'
        '[[topic]]\nid = "x"\nnb = "X"\nterms = ["xyz"]\n'
    )
    corpus = own(tmp_path / "c", ONE, s_txt="Vi vil ha flere trær.\n", topics_toml=topics)
    assert doubts_of(corpus, about="meet") == [
        "topics.toml:1: 'busker' of 'tre' meets no statement",
        "topics.toml:1: 'gress' of 'tre' meets no statement",
        "topics.toml:5: no term of 'x' meets a statement",
    ]


def test_a_topic_without_a_parent_has_no_use_for_terms_and_one_with_needs_them(tmp_path: Path) -> None:
    topics = (
        '[[topic]]\nid = "sol"\nnb = "Sol"\nterms = ["sol"]\n[[topic]]\nid = "tema"\nnb = "Tema"\n'
        '[[topic]]\nid = "vind"\nnb = "Vind"\nparent = "tema"\n'
    )
    corpus = own(tmp_path / "c", ONE, s_txt="Sol og vind.\n", topics_toml=topics)
    assert [told for told in doubts_of(corpus, about=" has no ") if "topics.toml" in told] == [
        "topics.toml:1: 'sol' has no parent: it is a theme, and compare and map show topics under a theme",
        "topics.toml:8: 'vind' has no terms",
    ]


def test_a_stance_whose_statement_is_not_under_its_topic_is_told_with_its_line(tmp_path: Path) -> None:
    stances = (
        '# mine\n[[stance]]\nactor = "SV"\ntopic = "bolig"\nstance = "for"\nstatement = "s-p01"\nwhy = "wants trees"\n'
    )
    corpus = own(tmp_path / "c", ONE, s_txt="Vi vil ha flere trær.\n", stances_toml=stances)
    assert doubts_of(corpus, about="stance") == ["stances.toml:2: SV's stance on bolig: s-p01 is not under that topic"]


def test_the_built_in_texts_are_as_they_are() -> None:
    assert doubts_by_source(Corpus([builtin_folder()])) == {}


# -- Tables of statements, and numbers, in a corpus

ROWS = "actor\tdate\ttext\nSV\t2019-03-01\tVi vil ha trær\nV\t\tVi vil ha busker\nSV\t2021\tVi vil ha gress\n"
OF_ROWS = (
    '[[source]]\nid = "r-sv"\nactor = "SV"\nfile = "r.tsv"\nnumbers = "b4 b2"\n'
    '[[source]]\nid = "r-v"\nactor = "V"\nfile = "r.tsv"\nyear = 2013\n'
)


def test_sources_may_share_a_table_and_each_has_the_rows_of_its_actor(tmp_path: Path) -> None:
    corpus = own(tmp_path / "c", OF_ROWS, r_tsv=ROWS)
    assert [(s.id, s.actor, s.year, s.line, s.text) for s in corpus.statements] == [
        ("r-sv-b04", "SV", 2019, 2, "Vi vil ha trær"),
        ("r-sv-b02", "SV", 2021, 4, "Vi vil ha gress"),
        ("r-v-b01", "V", 2013, 3, "Vi vil ha busker"),
    ]
    assert all(corpus.texts[s.source][s.start : s.end] == s.text for s in corpus.statements)


def test_rows_at_fault_are_faults_with_their_lines(tmp_path: Path) -> None:
    corpus = own(tmp_path / "c", OF_ROWS, r_tsv=ROWS + "SV\t2021\nKrF\t\tVi vil ha mer\n")
    assert [(p.line, p.what) for p in corpus.problems()] == [
        (5, "2 cells in a row of a table of 3 columns"),
        (6, "no source of this table is by 'KrF'"),
    ]


def test_numbers_that_cannot_be_read_are_a_fault(tmp_path: Path) -> None:
    corpus = own(tmp_path / "c", f'{ONE}withdrawn = "b2 x"\n', s_txt="Vi vil mer.\n")
    assert [(p.line, p.what) for p in corpus.problems()] == [
        (5, "'withdrawn' should read like \"b1-6 b8 p1-80\": 'x' is neither a number nor a run of them")
    ]


def test_the_files_of_a_corpus_are_named_without_reading_its_texts(tmp_path: Path) -> None:
    corpus = own(tmp_path / "c", OF_ROWS, topics_toml="")
    assert [str(p.relative_to(tmp_path)) for p in corpus.paths if p.is_relative_to(tmp_path)] == [
        "c/sources.toml",
        "c/topics.toml",
        "c/documents/r.tsv",
    ]
