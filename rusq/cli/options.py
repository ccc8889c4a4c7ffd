"""The options that commands share, and what completes them."""

import inspect
import os
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any

import typer

from rusq.cli.output import FORMATS, Output, progress
from rusq.errors import RusqError
from rusq.index import Keeping
from rusq.library import Library
from rusq.select import Selection, check_kind, check_years, find_actors, find_sources, find_topics


def named(kind: str) -> Callable[[str], Iterator[tuple[str, str]]]:
    """Completions for actors, topics or sources: by id, and by name for who types a name."""

    def complete(incomplete: str) -> Iterator[tuple[str, str]]:
        typed = incomplete.lower()
        for thing in getattr(Library.open().corpus, kind).values():
            name = getattr(thing, "name", "") or thing.file  # not a title: texts share them, and -s takes none
            if thing.id.lower().startswith(typed):
                yield thing.id, name
            elif name.lower().startswith(typed):
                yield name, thing.id

    return complete


Query = Annotated[
    list[str],
    typer.Argument(metavar="QUERY…", help='Words, "a phrase", prefix*, a OR b, -without.', show_default=False),
]
OptionalQuery = Annotated[
    list[str] | None, typer.Argument(metavar="[QUERY…]", help="Only what answers this query.", show_default=False)
]
Actors = Annotated[
    list[str] | None,
    typer.Option(
        "--actor",
        "-a",
        metavar="NAME",
        help="Only this actor: id, name or alias; repeat for more.",
        autocompletion=named("actors"),
        show_default=False,
    ),
]
Topics = Annotated[
    list[str] | None,
    typer.Option(
        "--topic",
        "-t",
        metavar="NAME",
        help="Only this topic or theme; repeat for more.",
        autocompletion=named("topics"),
        show_default=False,
    ),
]
Sources = Annotated[
    list[str] | None,
    typer.Option(
        "--source",
        "-s",
        metavar="ID",
        help="Only this text; repeat for more.",
        autocompletion=named("sources"),
        show_default=False,
    ),
]
Kind = Annotated[
    str | None,
    typer.Option("--kind", metavar="bullet|prose", help="Only list items, or only prose.", show_default=False),
]
Since = Annotated[
    int | None,
    typer.Option(
        "--since", metavar="YEAR", help="Only texts of this year or later; none without a year.", show_default=False
    ),
]
Until = Annotated[
    int | None,
    typer.Option(
        "--until", metavar="YEAR", help="Only texts of this year or earlier; none without a year.", show_default=False
    ),
]


def _ids(incomplete: str) -> Iterator[str]:
    return (name for name in Library.open().statements if name.startswith(incomplete))


StatementId = Annotated[
    str, typer.Argument(metavar="ID", help="Id of a statement, as search prints them.", autocompletion=_ids)
]
StatementIds = Annotated[
    list[str], typer.Argument(metavar="ID…", help="Ids of statements, as search prints them.", autocompletion=_ids)
]
Exact = Annotated[
    bool, typer.Option("--exact", help="Only the words as typed: no inflections, compounds, synonyms or spelling help.")
]

_Corpus = Annotated[
    list[Path] | None,
    typer.Option(
        "--corpus",
        "-C",
        metavar="DIR",
        envvar="RUSQ_CORPUS",
        help="A folder of your own texts, beside the built-in ones.",
        show_default=False,
    ),
]
_Folder = Annotated[
    list[Path] | None,
    typer.Option(
        "--corpus", "-C", metavar="DIR", envvar="RUSQ_CORPUS", help="The folder to add to; made if need be.",
        show_default=False,
    ),
]  # fmt: skip
_NoBuiltin = Annotated[bool, typer.Option("--no-builtin", help="Leave the built-in texts out.")]
_OutputFile = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help="Write there instead; the ending picks the format.", show_default=False
    ),
]
_Width = Annotated[
    int | None,
    typer.Option(
        "--width", metavar="N", help="Columns to fill. [default: the terminal's; 100 in a pipe]", show_default=False
    ),
]
_Color = Annotated[str, typer.Option("--color", metavar="auto|always|never", help="Colour on the screen.")]
_Lang = Annotated[str, typer.Option("--lang", metavar="en|nb", help="Language of headings and labels.")]
_NoPager = Annotated[bool, typer.Option("--no-pager", help="Print long output without a pager.")]

_CORPUS = {"corpus": (_Corpus, None), "no_builtin": (_NoBuiltin, False)}
_OUTPUT = {
    "output": (_OutputFile, None),
    "width": (_Width, None),
    "color": (_Color, "auto"),
    "lang": (_Lang, "en"),
    "no_pager": (_NoPager, False),
}


def command(
    *, more: Mapping[str, str] = MappingProxyType({}), writes: bool = False
) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """A command with the options on corpus and output, given to it as `library` and `out`.

    `more` are formats that only this command has, each with the ending of its files. One that `writes`
    gets the folders of -C as `folders` instead of a library: there may be no corpus yet.
    """
    formats = (*FORMATS, *more)
    how = typer.Option(
        "--format",
        "-f",
        metavar="|".join(formats),
        help="How to print.",
        autocompletion=lambda incomplete: [name for name in formats if name.startswith(incomplete)],
        show_default=False,
    )
    on_corpus = {"corpus": (_Folder, None)} if writes else _CORPUS
    shared = {**on_corpus, "format": (Annotated[str | None, how], None), **_OUTPUT}

    def decorate(function: Callable[..., int]) -> Callable[..., int]:
        @wraps(function)
        def run(**given: Any) -> int:
            corpus, no_builtin = given.pop("corpus") or (), given.pop("no_builtin", False)
            out = Output(more=more, **{name: given.pop(name) for name in ("format", *_OUTPUT)})
            if writes:
                return function(folders=tuple(corpus), out=out, **given)
            return function(
                library=Library.open(corpus, builtin=not no_builtin, keeping=_keeping(out)), out=out, **given
            )

        given_otherwise = ("library", "folders", "out")
        own = [p for name, p in inspect.signature(function).parameters.items() if name not in given_otherwise]
        added = [
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)
            for name, (kind, default) in shared.items()
        ]
        run.__signature__ = inspect.Signature([*own, *added])  # type: ignore[attr-defined]
        run.__annotations__ = {parameter.name: parameter.annotation for parameter in (*own, *added)}
        del run.__wrapped__  # Typer would look behind it for annotations
        return run

    return decorate


def _keeping(out: Output) -> Keeping:
    """Where an index is kept, as the environment says (RUSQ_INDEX); progress on a terminal, remarks on stderr."""
    where = os.environ.get("RUSQ_INDEX") or "auto"
    if where not in ("auto", "memory", "disk"):
        raise RusqError(f"RUSQ_INDEX is '{where}'; it takes auto, memory or disk")
    return Keeping(where, progress("reading the texts, once"), out.remark)


def selection(
    library: Library,
    *,
    actor: list[str] | None = None,
    topic: list[str] | None = None,
    source: list[str] | None = None,
    kind: str | None = None,
    since: int | None = None,
    until: int | None = None,
) -> Selection:
    """The selection that the options name; UnknownName for a name that is none."""
    check_years(since, until)
    return Selection(
        actors=find_actors(actor, library.corpus.actors) if actor else (),
        topics=find_topics(topic, library.corpus.topics) if topic else (),
        sources=find_sources(source, library.corpus.sources) if source else (),
        kind=check_kind(kind),
        since=since,
        until=until,
    )
