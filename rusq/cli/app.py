"""The Typer application. A command's module is imported only when that command is run: start-up is sacred."""

from importlib import import_module
from typing import Annotated, Any

import typer

# Command -> module of this package that holds a function of that name.
COMMANDS = {
    "search": "search",
    "compare": "compare",
    "map": "map",
    "similar": "similar",
    "topics": "topics",
    "topic": "topics",
    "actors": "listings",
    "sources": "listings",
    "show": "show",
    "export": "export",
    "add": "add",
    "check": "check",
}

# What Typer raises for wrong use. Its Click is its own (vendored since 0.26), so the class is reached through it.
UsageError: Any = next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException")

_ABOUT = """Who has said what about Norwegian drug policy, word for word, and where.

\b
Examples:
  rusq search nalokson
  rusq compare --actor H --actor FrP
  rusq topic heroinassistert-behandling
  rusq search ventetid --actor Regjeringen -f csv -o ventetid.csv

Every answer is a quotation with its source and line. rusq has no opinion and needs no network.
"""


def build(argv: list[str]) -> typer.Typer:
    """The application with the one command that `argv` names, or with all of them, for help and completion."""
    app = typer.Typer(
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(invoke_without_command=True, help=_ABOUT)(_root)
    wanted = [argv[0]] if argv and argv[0] in COMMANDS else list(COMMANDS)
    for name in wanted:
        function = getattr(import_module(f"rusq.cli.{COMMANDS[name]}"), name)
        app.command(name, help=function.__doc__)(function)
    return app


def _version(wanted: bool) -> None:
    if wanted:
        from rusq import __version__

        typer.echo(f"rusq {__version__}")
        raise typer.Exit


def _root(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
