"""The quick reader of plain TOML against the standard library's: the same data, or the same refusal, for any text."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rusq import toml

DATA = sorted((Path(__file__).parent.parent / "data").glob("*.toml"))
PIECES = st.sampled_from(
    [
        *("[a]\n", "[[b]]\n", "[a.b]\n", "key = ", "key.nb = ", '"ø" = ', "æ = ", "{x = 1}", "1979-05-27"),
        *('"text"', "'text'", '"æøå"', '"""\nblock\n"""', '"a\\nb"', "1", "-1", "1.5", "true"),
        *("[", '["a", "b"]', "]", "[\n# why\n]", ",", " ", "\n", "\t", "\x07", "\x7f", "# comment\n", "=", '"'),
        *("\u00a0", "\u0085", "\ufeff"),
    ]
)


def read(loads: Any, text: str) -> Any:
    try:
        return loads(text)
    except ValueError as error:
        return type(error)


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.name)
def test_the_built_in_tables_are_read_as_the_library_reads_them(path: Path) -> None:
    text = path.read_text("utf-8")
    assert toml.loads(text) == tomllib.loads(text)


@given(st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=20))
def test_any_text_is_read_or_refused_as_by_the_library(text: str) -> None:
    assert read(toml.loads, text) == read(tomllib.loads, text)
