"""``toolkit memory``: what the translation memory holds, and its exchange with other tools."""

from __future__ import annotations

from typing import Annotated

import typer

from toolkit.cli import options
from toolkit.cli.console import report_errors

app = typer.Typer(help="The translation memory: statistics, export, import, clear.", no_args_is_help=True)
File = Annotated[str, typer.Argument(help="A .tmx or .jsonl file.")]


@app.command()
def stats(memory: options.MemoryFile = None, as_json: options.Json = False) -> None:
    """Say how many sentence pairs the memory holds, and from where."""
    from dataclasses import asdict

    from toolkit.cli.console import put_json, put_table
    from toolkit.memory import TranslationMemory

    with report_errors():
        statistics = TranslationMemory(memory).statistics()
        if as_json:
            put_json({"schema_version": 1, **asdict(statistics)})
            return
        rows = [("pairs", statistics.pairs), *statistics.by_languages.items(), *statistics.by_engine.items()]
        put_table((statistics.path, f"{statistics.size:,} bytes"), list(rows))


@app.command("export")
def export_(file: File, memory: options.MemoryFile = None) -> None:
    """Write the memory as TMX 1.4b (for other tools) or JSON Lines (everything)."""
    from pathlib import Path

    from toolkit.cli.console import say
    from toolkit.memory import TranslationMemory
    from toolkit.memory.exchange import to_jsonl, to_tmx
    from toolkit.runs.files import write_atomically

    with report_errors():
        kind = _kind(file)
        entries = TranslationMemory(memory).entries()
        write_atomically(Path(file), to_tmx(entries) if kind == "tmx" else to_jsonl(entries))
        say(f"wrote {file}")


@app.command("import")
def import_(file: File, memory: options.MemoryFile = None) -> None:
    """Bring in pairs; those of a TMX file are used before the engine is asked, whatever the package."""
    from pathlib import Path

    from toolkit.cli.console import say
    from toolkit.errors import InputError
    from toolkit.memory import TranslationMemory
    from toolkit.memory.exchange import from_jsonl, from_tmx

    with report_errors():
        kind = _kind(file)
        try:
            data = Path(file).read_bytes()
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror}", where=file, cure="check the name") from error
        store = TranslationMemory(memory)
        if kind == "tmx":
            count = store.import_units(from_tmx(data, where=file))
        else:
            count = store.import_entries(list(from_jsonl(data, where=file)))
        say(f"{count} pairs brought in")


@app.command()
def clear(
    memory: options.MemoryFile = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Forget every pair."""
    from toolkit.cli.console import say
    from toolkit.memory import TranslationMemory

    with report_errors():
        store = TranslationMemory(memory)
        if not yes:
            typer.confirm(f"Forget {store.statistics().pairs} pairs in {store.path}?", abort=True)
        say(f"{store.clear()} pairs forgotten")


def _kind(file: str) -> str:
    from toolkit.errors import InputError

    suffix = file.rsplit(".", 1)[-1].lower()
    if suffix not in ("tmx", "jsonl"):
        raise InputError("not a kind of file a memory can be exchanged in", where=file, cure="name it .tmx or .jsonl")
    return suffix
