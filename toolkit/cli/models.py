"""``toolkit models``: the Argos packages on this machine, and how to get others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from toolkit.cli import options
from toolkit.cli.console import report_errors

if TYPE_CHECKING:
    from toolkit.models import Package, Route
    from toolkit.models.index import IndexEntry

app = typer.Typer(help="Argos packages: list, install, remove, verify, pack, convert.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="Name of a package (translate-de_en) or path of an .argosmodel file.")]
Out = Annotated[str, typer.Option("--out", "-o", help="File to write.")]


@app.command("list")
def list_(as_json: options.Json = False) -> None:
    """List installed packages and the built-in one, and say which is used for each pair, and why."""
    from toolkit.cli.console import put_json, put_table, say
    from toolkit.models import PackageStore

    with report_errors():
        store = PackageStore()
        packages, broken = (*store.installed(), *store.builtin()), store.broken()
        routes = {pair: store.find(pair) for pair in {package.pair for package in packages}}
        rows = [_row(package, routes[package.pair]) for package in packages]
        if as_json:
            bad = [{"path": str(item.path), "reason": item.error.reason} for item in broken]
            put_json({"schema_version": 1, "folder": str(store.folder), "packages": rows, "broken": bad})
            return
        put_table(
            ("pair", "package", "version", "used", "why"),
            [(r["pair"], r["name"], r["version"], "yes" if r["used"] else "no", r["why"]) for r in rows],
        )
        for item in broken:
            say(f"broken: {item.error}")


def _row(package: Package, route: Route) -> dict[str, Any]:
    used = package == route.packages[0]
    return {
        "pair": str(package.pair),
        "source": package.pair.source,
        "target": package.pair.target,
        "name": package.name,
        "version": package.version,
        "builtin": package.builtin,
        "path": str(package.path),
        "sha256": package.sha256,
        "used": used,
        "why": route.reason if used else f"{route.packages[0].label} goes before it",
    }


@app.command()
def info(name: Name, as_json: options.Json = False) -> None:
    """Show all that is known of a package: languages, version, digest, licence, sources, scores, annotation."""
    from toolkit.cli.console import put_json, put_table
    from toolkit.models import PackageStore

    with report_errors():
        package = PackageStore().named(name)
        facts = {
            "name": package.name,
            "pair": str(package.pair),
            "path": str(package.path),
            "builtin": package.builtin,
            "sha256": package.sha256,
            **package.metadata,
        }
        if as_json:
            put_json({"schema_version": 1, **facts})
        else:
            put_table(("field", "value"), list(facts.items()))


@app.command()
def available(source: options.From = None, target: options.To = None, as_json: options.Json = False) -> None:
    """List the packages of the official index (needs the network)."""
    from toolkit.cli.console import put_json, put_table
    from toolkit.models import index

    with report_errors():
        found = [
            entry
            for entry in index.available(refresh=True)
            if source in (None, entry.pair.source) and target in (None, entry.pair.target)
        ]
        if as_json:
            put_json({"schema_version": 1, "packages": [_index_row(entry) for entry in found]})
        else:
            put_table(("pair", "package", "version"), [(entry.pair, entry.name, entry.version) for entry in found])


def _index_row(entry: IndexEntry) -> dict[str, Any]:
    pair = {"source": entry.pair.source, "target": entry.pair.target}
    return {"pair": str(entry.pair), **pair, "name": entry.name, "version": entry.version, "links": entry.links}


@app.command()
def install(name: Name) -> None:
    """Install a package from a file, or from the official index by its name (needs the network)."""
    from pathlib import Path

    from toolkit.cli.console import say
    from toolkit.models import PackageStore, index

    with report_errors():
        store = PackageStore()
        if Path(name).exists() or name.endswith(".argosmodel"):
            package = store.install(name)
        else:
            package = index.install(name, store)
        say(f"installed {package.label} in {package.path}")


@app.command()
def remove(name: Name) -> None:
    """Remove an installed package."""
    from toolkit.cli.console import say
    from toolkit.models import PackageStore

    with report_errors():
        for path in PackageStore().remove(name):
            say(f"removed {path}")


@app.command()
def verify(as_json: options.Json = False) -> None:
    """Compare every package with the digest it was installed with."""
    from toolkit.cli.console import put_json, put_table
    from toolkit.models import PackageStore

    with report_errors():
        verdicts = PackageStore().verify()
        rows = [(verdict.label, verdict.state, verdict.detail) for verdict in verdicts]
        if as_json:
            names = ("package", "state", "detail")
            put_json({"schema_version": 1, "packages": [dict(zip(names, row, strict=True)) for row in rows]})
        else:
            put_table(("package", "state", "detail"), list(rows))
        if any(verdict.state in ("changed", "broken") for verdict in verdicts):
            raise typer.Exit(4)


@app.command()
def pack(name: Name, out: Out) -> None:
    """Write an installed package as an .argosmodel file, to carry it to another machine."""
    from toolkit.cli.console import say
    from toolkit.models import PackageStore
    from toolkit.models.packing import pack as write_package

    with report_errors():
        say(f"wrote {write_package(PackageStore().named(name), out).path}")


@app.command()
def convert(
    folder: Annotated[str, typer.Argument(help="Model folder: CTranslate2, Marian or OPUS-MT.")],
    out: Out,
    source: Annotated[str, typer.Option("--from", help="Language translated from.")],
    target: Annotated[str, typer.Option("--to", help="Language translated to.")],
    version: Annotated[str, typer.Option("--package-version", help="Version to give the package.")] = "1.0",
) -> None:
    """Make an Argos package out of a model you have."""
    from toolkit.cli.console import say
    from toolkit.languages import LanguagePair
    from toolkit.models.conversion import convert as convert_model

    with report_errors():
        say(f"wrote {convert_model(folder, LanguagePair(source, target), out, version=version).path}")
