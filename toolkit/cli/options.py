"""Options that several commands share, so that one thing has one name and one explanation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from toolkit.settings import Settings

Paths = Annotated[
    list[str], typer.Argument(help="Files or folders; - reads plain text from stdin.", show_default=False)
]
From = Annotated[str | None, typer.Option("--from", help="Language translated from (BCP 47).", show_default="de")]
To = Annotated[str | None, typer.Option("--to", help="Language translated to (BCP 47).", show_default="en")]
GlossaryFiles = Annotated[
    list[str] | None,
    typer.Option("--glossary", "-g", help="Term base (TSV, CSV, TBX) laid over the built-in one; may be repeated."),
]
BuiltinGlossary = Annotated[
    bool | None,
    typer.Option(
        "--builtin-glossary/--no-builtin-glossary", help="Use the term base that comes along.", show_default="on"
    ),
]
PackageName = Annotated[
    str | None, typer.Option("--package", "-p", help="Package: an installed name or an .argosmodel file.")
]
Beam = Annotated[
    int | None, typer.Option("--beam-size", min=1, max=32, help="Width of the search.", show_default="the package's")
]
Threads = Annotated[
    int | None, typer.Option("--threads", min=0, help="Sentences decoded at once.", show_default="all cores")
]
MemoryFile = Annotated[
    str | None, typer.Option("--memory", help="Translation memory to use.", show_default="the user's")
]
UseMemory = Annotated[
    bool | None, typer.Option("--use-memory/--no-memory", help="Recall sentences translated before.", show_default="on")
]
DropBoilerplate = Annotated[
    bool | None,
    typer.Option(
        "--drop-boilerplate/--keep-boilerplate", help="Leave what is not the article untranslated.", show_default="keep"
    ),
]
MaxSize = Annotated[
    int | None, typer.Option("--max-size", min=1, help="Largest file taken, in megabytes.", show_default="10")
]
Include = Annotated[
    list[str] | None, typer.Option("--include", help="Only files that match this glob; may be repeated.")
]
Exclude = Annotated[
    list[str] | None, typer.Option("--exclude", help="Not files that match this glob; may be repeated.")
]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with 3 when a sentence is flagged.")]
Json = Annotated[bool, typer.Option("--json", help="Write a JSON report to stdout.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")]
Again = Annotated[bool, typer.Option("--again", help="Also do files that are done already.")]


def settings_from(context: typer.Context, **changes: Any) -> Settings:
    """`Settings` from those parameters of a command that are settings; what is not given comes from elsewhere.

    Args:
        changes: Settings that the command gives another value than the parameter of that name.
    """
    from dataclasses import fields

    from toolkit.settings import Settings

    names = {field.name for field in fields(Settings)}
    given = {name: value for name, value in context.params.items() if name in names} | changes
    return Settings.load({name: value for name, value in given.items() if value not in (None, [], ())})
