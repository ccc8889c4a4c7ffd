"""Statements to Parquet, for DuckDB, Spark and pandas. Row group by row group: a million are never held at once.

pyarrow is loaded only when statements are written.
"""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from rusq.errors import RusqError
from rusq.grid import statement_record
from rusq.model import Statement

GROUP = 50_000  # statements a row group: what is in memory at a time


def to_parquet(
    statements: Iterable[Statement], topics_of: Callable[[Statement], Sequence[str]], *, group: int = GROUP
) -> Iterator[bytes]:
    """The pieces of a Parquet file with a row a statement: STATEMENT of the contract, and what it does not name."""
    try:
        import pyarrow  # heavy: only to write
        from pyarrow import parquet
    except ImportError:
        raise RusqError(
            "Parquet needs pyarrow; install it with: pip install 'rusq[parquet]' (in a checkout: '.[parquet]')"
        ) from None
    return _pieces(statements, topics_of, group, pyarrow, parquet)


def _pieces(
    statements: Iterable[Statement],
    topics_of: Callable[[Statement], Sequence[str]],
    group: int,
    arrow: Any,
    parquet: Any,
) -> Iterator[bytes]:
    schema, sink, left = _schema(arrow), _Sink(), iter(statements)
    with parquet.ParquetWriter(sink, schema, compression="zstd") as writer:
        while batch := list(islice(left, group)):
            records = [statement_record(statement, topics_of(statement)) for statement in batch]
            writer.write_batch(arrow.RecordBatch.from_pylist(records, schema=schema))
            yield sink.taken()
    yield sink.taken()


def _schema(arrow: Any) -> Any:
    """The columns in the order of the contract; only what may be unknown may be null."""
    text, number, place = arrow.string(), arrow.int32(), arrow.int64()
    optional = {"year", "page", "lead_in", "speaker"}
    kinds = {
        "id": text, "actor": text, "source": text, "year": number, "kind": text, "line": place, "page": number,
        "start": place, "end": place, "text": text, "topics": arrow.list_(arrow.field("element", text, nullable=False)),
        "section": text, "lead_in": text, "speaker": text,
    }  # fmt: skip
    return arrow.schema([arrow.field(name, kind, nullable=name in optional) for name, kind in kinds.items()])


class _Sink(io.RawIOBase):
    """A file that is written to and emptied again and again: pyarrow pushes, the caller pulls."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self._pieces.append(bytes(piece))
        return len(self._pieces[-1])

    def taken(self) -> bytes:
        """What was written since it was last asked for."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)
