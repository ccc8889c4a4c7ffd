"""Parquet: what is written reads back the same, a group of rows at a time."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st

from rusq.errors import RusqError
from rusq.formats.parquet import to_parquet
from rusq.grid import statement_record
from rusq.library import Library
from rusq.model import Statement

parquet = pytest.importorskip("pyarrow.parquet")

ONE = Statement("x-b01", "H", "x", 2013, "bullet", 3, 7, 12, 27, "Mer sild – nå!", "Fisk", "Høyre vil", "Kari")
TWO = Statement("x-p01", "V", "x", None, "prose", 4, None, 30, 36, "Nei «da».")
TOPICS = {"x-b01": ("fisk", "mat"), "x-p01": ()}


def topics_of(statement: Statement) -> tuple[str, ...]:
    return TOPICS[statement.id]


def read(pieces: Iterator[bytes]) -> Any:
    return parquet.read_table(io.BytesIO(b"".join(pieces)))


def test_statements_read_back_as_the_contract_has_them() -> None:
    assert read(to_parquet([ONE, TWO], topics_of)).to_pylist() == [
        {
            "id": "x-b01", "actor": "H", "source": "x", "year": 2013, "kind": "bullet", "line": 3, "page": 7,
            "start": 12, "end": 27, "text": "Mer sild – nå!", "topics": ["fisk", "mat"],
            "section": "Fisk", "lead_in": "Høyre vil", "speaker": "Kari",
        },
        {
            "id": "x-p01", "actor": "V", "source": "x", "year": None, "kind": "prose", "line": 4, "page": None,
            "start": 30, "end": 36, "text": "Nei «da».", "topics": [],
            "section": "", "lead_in": None, "speaker": None,
        },
    ]  # fmt: skip


def test_columns_have_types_and_only_what_may_be_unknown_may_be_null() -> None:
    schema = read(to_parquet([], topics_of)).schema
    assert {field.name: (str(field.type), field.nullable) for field in schema} == {
        "id": ("string", False),
        "actor": ("string", False),
        "source": ("string", False),
        "year": ("int32", True),
        "kind": ("string", False),
        "line": ("int64", False),
        "page": ("int32", True),
        "start": ("int64", False),
        "end": ("int64", False),
        "text": ("string", False),
        "topics": ("list<element: string not null>", False),
        "section": ("string", False),
        "lead_in": ("string", True),
        "speaker": ("string", True),
    }


def test_the_built_in_statements_read_back_the_same() -> None:
    library = Library.open()
    statements = library.corpus.statements
    found = read(to_parquet(statements, library.topics_of)).to_pylist()
    assert found == [statement_record(statement, library.topics_of(statement)) for statement in statements]


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
NUMBER = st.integers(0, 2**31 - 1)


@settings(max_examples=40)
@given(
    st.lists(
        st.builds(Statement, TEXT, TEXT, TEXT, st.none() | NUMBER, TEXT, NUMBER, st.none() | NUMBER, NUMBER, NUMBER,
                  TEXT, TEXT, st.none() | TEXT, st.none() | TEXT),
        max_size=5,
    ),
    st.integers(1, 3),
)  # fmt: skip
def test_any_statements_read_back_the_same_whatever_the_groups(statements: list[Statement], group: int) -> None:
    table = read(to_parquet(statements, lambda statement: [statement.actor], group=group))
    assert table.to_pylist() == [statement_record(statement, [statement.actor]) for statement in statements]


def test_a_group_of_rows_is_written_before_the_next_is_asked_for() -> None:
    asked = 0

    def statements() -> Iterator[Statement]:
        nonlocal asked
        for number in range(5):
            asked = number + 1
            yield ONE

    pieces = to_parquet(statements(), topics_of, group=2)
    assert asked == 0
    first = next(pieces)
    assert (asked, first[:4]) == (2, b"PAR1")
    file = parquet.ParquetFile(io.BytesIO(first + b"".join(pieces)))
    assert [file.metadata.row_group(at).num_rows for at in range(file.num_row_groups)] == [2, 2, 1]


def test_without_pyarrow_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(RusqError) as refused:
        to_parquet([ONE], topics_of)
    assert str(refused.value) == (
        "Parquet needs pyarrow; install it with: pip install 'rusq[parquet]' (in a checkout: '.[parquet]')"
    )


# --- the command


def test_the_ending_of_the_file_picks_the_format(rusq: Run, tmp_path: Path) -> None:
    ran = rusq("export", "--actor", "V", "-o", "v.parquet")
    assert (ran.status, ran.raw, ran.err) == (0, b"", "")
    expected = [s.id for s in Library.open().corpus.statements if s.actor == "V"]
    assert parquet.read_table(tmp_path / "v.parquet")["id"].to_pylist() == expected
    assert [path.name for path in tmp_path.iterdir()] == ["v.parquet"]


def test_a_pipe_takes_the_same_bytes(rusq: Run, tmp_path: Path) -> None:
    rusq("export", "-o", "all.parquet")
    assert rusq("export", "-f", "parquet").raw == (tmp_path / "all.parquet").read_bytes()


def test_a_terminal_gets_no_bytes_that_are_no_text(terminal: Run) -> None:
    ran = terminal("export", "-f", "parquet")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "rusq: parquet is nothing to read; write it with -o FILE, or into a pipe\n"


def test_an_export_of_nothing_is_a_table_without_rows(rusq: Run, tmp_path: Path) -> None:
    ran = rusq("export", "--until", "1900", "-o", "none.parquet")
    assert ran.status == 1
    assert parquet.read_table(tmp_path / "none.parquet").num_rows == 0
