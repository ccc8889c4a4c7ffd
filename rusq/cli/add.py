"""`rusq add`: texts of one's own, from the files they come in, into a corpus folder."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rusq.cli import FOUND
from rusq.cli.options import command
from rusq.cli.output import Output, Result, progress
from rusq.errors import RusqError
from rusq.grid import actor_record, added_grid, source_record, statement_record

if TYPE_CHECKING:
    from rusq.importing.adding import Converted, Wish
    from rusq.importing.shelf import Plan, Shelf

_MOST = 1 << 30  # bytes of one file
_FIRST = 3  # statements that are shown of a text

Files = Annotated[
    list[Path],
    typer.Argument(metavar="FILE…", help="txt, md, html, pdf, docx, or a table: csv, tsv, jsonl.", readable=False),
]


def _option(name: str, metavar: str, about: str, *more: str) -> Any:
    return typer.Option(name, *more, metavar=metavar, help=about, show_default=False)


def _column(what: str) -> Any:
    return _option(f"--{what}-column", "NAME|N", f"Of a table: the column with the {what}, by name or number.")


@command(writes=True)
def add(
    files: Files,
    actor: Annotated[str | None, _option("--actor", "NAME", "Who speaks: id, name or alias.", "-a")] = None,
    year: Annotated[int | None, _option("--year", "YEAR", "The year the text is from.")] = None,
    title: Annotated[str | None, _option("--title", "TITLE", "What the text is called.")] = None,
    id: Annotated[str | None, _option("--id", "ID", "What its statements' ids begin with, such as sv2025.")] = None,
    actor_name: Annotated[
        str | None, _option("--actor-name", "NAME", "The full name of an actor that rusq does not know.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be added, and write nothing.")] = False,
    text_column: Annotated[str | None, _column("text")] = None,
    actor_column: Annotated[str | None, _column("actor")] = None,
    date_column: Annotated[str | None, _column("date")] = None,
    page_column: Annotated[str | None, _column("page")] = None,
    section_column: Annotated[str | None, _column("section")] = None,
    speaker_column: Annotated[str | None, _column("speaker")] = None,
    *,
    folders: Sequence[Path],
    out: Output,
) -> int:
    """Add texts to a folder of your own, from the files they come in.

    \b
    Examples:
      rusq add sv-2025.txt -C valg --actor SV --year 2025
      rusq add sv-2025.txt -C valg --dry-run
      rusq add promises.csv -C valg --text-column Tekst

    The folder keeps plain text that you can read and mend, and the original beside it. Actor, year and
    title are guessed where the text says them, and the guess is told. A newer file of the same name
    replaces its text, and statements that are unchanged keep their ids.
    """
    from rusq.importing.adding import Wish
    from rusq.importing.table import Columns

    columns = Columns(text_column, actor_column, date_column, page_column, section_column, speaker_column)
    wish = Wish(actor, actor_name, year, title, id, columns)
    folder = _only(folders)
    plan = _added(folder, files, wish, dry_run=dry_run)
    for remark in (*plan.remarks, *_noted(plan)):
        out.remark(remark)
    if dry_run:
        out.remark("nothing is written: --dry-run")
    _print(plan, folder, out, dry_run=dry_run)
    return FOUND


def _only(folders: Sequence[Path]) -> Path:
    if len(folders) != 1:
        said = "say which with -C DIR" if not folders else f"-C names {len(folders)}"
        raise RusqError(f"rusq add needs the one folder to add to; {said}")
    return folders[0]


def _added(folder: Path, files: Sequence[Path], wish: "Wish", *, dry_run: bool) -> "Plan":
    """What becomes of the folder; it is written, unless for a `dry_run`, only when every file has been read."""
    from datetime import date

    from rusq.importing.adding import check, plan
    from rusq.importing.folder import changes, opened
    from rusq.store import held, replace_all

    if not dry_run and (folder / "sources.toml").exists():
        with held(folder):  # what a killed process has left half-done is undone
            pass
    shelf, _ = opened(folder)
    check(shelf, wish, files=len(files))
    read = _all_converted(shelf, list(_given(files)), wish)
    this_year = date.today().year
    if dry_run:
        return plan(shelf, read, wish, this_year=this_year)
    with held(folder):
        shelf, tables = opened(folder)  # again: another may have added to it while the files were read
        done = plan(shelf, read, wish, this_year=this_year)
        files_to_be = changes(done, tables)
        if files_to_be:
            replace_all(folder, files_to_be, tables)
    return done


def _all_converted(shelf: "Shelf", given: Sequence[tuple[str, bytes]], wish: "Wish") -> list["Converted"]:
    """What the files hold; RusqError with a line for each that cannot be read."""
    read, faults = [], []
    for name, raw in given:
        try:
            read.append(_converted(shelf, name, raw, wish))
        except RusqError as error:
            faults.append(str(error))
    if faults:
        raise RusqError("\n".join(dict.fromkeys(faults)))
    return read


def _given(files: Sequence[Path]) -> Iterator[tuple[str, bytes]]:
    """The name, made harmless, and the bytes of each file; all of them are looked at before the first is given."""
    from rusq.importing.shelf import safe_name
    from rusq.store import given_file, shown

    kept: dict[str, Path] = {}
    for path in files:
        other = kept.setdefault(safe_name(path.name), path)
        if other is not path:
            raise RusqError(
                f"'{shown(other)}' and '{shown(path)}' would both be kept as '{safe_name(path.name)}'; "
                "rename one, or add them one at a time with --id"
            )
    yield from [(shown(Path(path.name)), given_file(path, most=_MOST)) for path in files]


def _converted(shelf: "Shelf", name: str, raw: bytes, wish: "Wish") -> "Converted":
    """What the file holds, unless it is there already: then it need not be read."""
    from rusq.importing.adding import Converted, converted, there_already

    if there_already(shelf, name, raw, wish):
        return Converted(name, raw)
    tell = progress(name[:50])
    try:
        return converted(name, raw, wish, tell)
    finally:
        tell(1, 1)


def _noted(plan: "Plan") -> Iterator[str]:
    """What readers left out or mended, the same thing once for all lines or pages that it concerns."""
    from rusq.importing.shelf import runs

    grouped: dict[tuple[str, str], tuple[list[int], list[int]]] = {}
    for name, note in plan.notes:
        lines, pages = grouped.setdefault((name, note.what), ([], []))
        lines += [note.line] if note.line else []
        pages += [note.page] if note.page else []
    for (name, what), (lines, pages) in grouped.items():
        places = [f"{word} {runs(at)}" for word, at in (("line", lines), ("page", pages)) if at]
        yield f"{name}: {what}" + (f" ({', '.join(places)})" if places else "")


def _print(plan: "Plan", folder: Path, out: Output, *, dry_run: bool) -> None:
    from rusq.views.listings import added_sheet

    def record(at: int) -> dict[str, object]:
        one = plan.added[at]
        return {
            **source_record(one.source),
            "original": one.source.original,
            "status": one.status,
            "statements": len(one.statements),
            "kept": one.kept,
            "new": one.new,
            "gone": one.gone,
            "first": [statement_record(s, ()) for s in one.statements[:_FIRST]],
        }

    shown = _FIRST if len(plan.added) <= _FIRST else 1
    actors = plan.shelf.actors
    rows = [
        (one.source, actors[one.source.actor], one.status, one.statements, (one.kept, one.new, one.gone))
        for one in plan.added
    ]
    records = [record(at) for at in range(len(plan.added))]
    out.print(
        Result(
            data=lambda: {
                "corpus": str(folder),
                "dry_run": dry_run,
                "sources": records,
                "actors": [actor_record(actor) for actor in plan.shelf.fresh],
                "notes": [{"file": name, "what": n.what, "line": n.line, "page": n.page} for name, n in plan.notes],
            },
            records=lambda: records,
            grid=lambda: added_grid(rows),
            sheet=lambda say: added_sheet(rows, first=shown, say=say),
        )
    )
