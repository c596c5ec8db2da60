"""The `mutandis` program: one typer application, one module a command."""

import typer

app = typer.Typer(no_args_is_help=True)


def main() -> None:
    """Run the program."""
    app()
