"""Two commands that only echo: what any Typer application takes at least, which rusq's times are told in."""

import typer

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def once(word: str) -> None:
    typer.echo(word)


@app.command()
def twice(word: str) -> None:
    typer.echo(f"{word} {word}")


if __name__ == "__main__":
    app()
