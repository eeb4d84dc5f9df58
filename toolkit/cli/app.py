"""`toolkit`: the commands, and how errors become exit statuses.

Exit status: 0 done, 1 some files failed, 2 usage or input, 3 a quality gate under ``--strict``, 4 package or decoder,
130 interrupted. Results go to stdout or to files, everything else to stderr.
"""

from __future__ import annotations

from typing import Annotated

import typer

from toolkit import __version__
from toolkit.cli import brief, doctor, evaluate, glossary, memory, models, summarize, translate
from toolkit.cli.console import INTERRUPTED, leave_at_once, report_errors, supply_streams

app = typer.Typer(
    name="toolkit",
    help="Translate folders of German articles to English offline, with names that come out right, summaries in both "
    "languages, and bilingual briefings.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (translate.translate, brief.brief, summarize.summarize, doctor.doctor):
    app.command()(command)
for name, group in (
    ("glossary", glossary.app),
    ("models", models.app),
    ("memory", memory.app),
    ("evaluate", evaluate.app),
):
    app.add_typer(group, name=name)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"toolkit {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
    verbose: Annotated[
        int, typer.Option("-v", "--verbose", count=True, help="Say more on stderr; twice: everything.")
    ] = 0,
    log_json: Annotated[bool, typer.Option("--log-json", help="Log to stderr as one JSON object a line.")] = False,
) -> None:
    """Set up what every command shares."""
    from toolkit.cli.console import set_up_logging

    set_up_logging(verbose, as_json=log_json)


def main() -> None:
    """Run the command line; never shows a traceback for an error the toolkit raises on purpose."""
    supply_streams()
    try:
        with report_errors():
            app(standalone_mode=True)
    except SystemExit as end:
        if end.code == INTERRUPTED:
            leave_at_once(INTERRUPTED)
        raise


if __name__ == "__main__":
    main()
