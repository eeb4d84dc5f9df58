"""The rooms and the arrows of docs/architecture.md hold: who imports whom, and what loads when."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "toolkit"
FOUNDATION = {"errors", "languages", "types", ""}
"""What every room may import; "" is ``toolkit`` itself, for its version."""
HEAVY = {
    "ctranslate2",
    "sentencepiece",
    "sumy",
    "nltk",
    "docx",
    "lxml",
    "typer",
    "jinja2",
    "ahocorasick",
    "sacrebleu",
    "numpy",
}


def table() -> dict[str, tuple[set[str], set[str]]]:
    """The table of docs/architecture.md: room → (rooms it may import, libraries only it may import)."""
    rooms = {}
    for line in (ROOT / "docs" / "architecture.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) != 4 or not cells[0].startswith("`"):
            continue
        for room in re.findall(r"`([\w/]+)`", cells[0]):
            allowed = {name.split(".")[0].rstrip("/") for name in re.findall(r"`([\w./]+)`", cells[2])}
            libraries = {library.strip().replace("-", "_") for library in cells[3].split(",") if library.strip()}
            rooms[room.rstrip("/")] = (allowed, libraries)
    return rooms


def imports(path: Path) -> set[str]:
    """Absolute names of everything *path* imports, at the top or inside functions."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names |= {
                f"{node.module}.{alias.name}" if node.module == "toolkit" else str(node.module) for alias in node.names
            }
    return names


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


MODULES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_import_is_an_arrow_of_the_table(path: Path) -> None:
    rooms = table()
    room = room_of(path)
    if room in ("__init__", "__main__", "api", "cli"):
        return
    assert room in rooms, f"{room} is not in the table of docs/architecture.md"
    ours = {name.split(".")[1] for name in imports(path) if name.startswith("toolkit.")} - {"__version__"}
    assert ours <= rooms[room][0] | FOUNDATION | {room}


def test_nobody_imports_the_command_line() -> None:
    outside = [path for path in MODULES if room_of(path) not in ("cli", "__main__")]
    assert not [path for path in outside if any(name.startswith("toolkit.cli") for name in imports(path))]


def test_a_library_is_imported_by_the_rooms_that_name_it() -> None:
    """A third-party library stands behind one or two rooms, so that it can be exchanged there."""
    module_of = {"python_docx": "docx", "markdown_it": "markdown_it"}
    rooms = table()
    owners: dict[str, set[str]] = {}
    for room, (_, libraries) in rooms.items():
        for library in libraries:
            owners.setdefault(module_of.get(library, library), set()).add(room)
    for path in MODULES:
        for name in imports(path):
            top = name.split(".")[0]
            if top in owners:
                assert room_of(path) in owners[top], f"{path.relative_to(ROOT)} imports {top}"


def loaded_by(statement: str) -> set[str]:
    code = f"import sys; {statement}; print(' '.join(sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in result.stdout.split()}


def test_importing_the_toolkit_loads_nothing_heavy() -> None:
    assert not loaded_by("import toolkit") & HEAVY


def test_building_the_command_line_loads_nothing_heavy_but_typer() -> None:
    assert loaded_by("import toolkit.cli.app") & HEAVY == {"typer"}


def test_public_names_are_all_there_and_no_others() -> None:
    import toolkit
    from toolkit import api

    assert sorted(toolkit.__all__) == sorted(api.__all__)
    assert all(getattr(toolkit, name) is getattr(api, name) for name in toolkit.__all__)
    with pytest.raises(AttributeError, match="nothing_like_it"):
        toolkit.nothing_like_it  # noqa: B018 - the look-up is the test


def test_the_way_to_a_translation_loads_no_summarizer() -> None:
    """Opening a translator and preparing a text loads neither NLTK nor sumy nor the templates of briefings."""
    opening = "from toolkit.api import open_translator"
    splitting = "from toolkit.text.segmentation import split; split('z. B. A. B', 'de')"
    assert not loaded_by(f"{opening}; {splitting}") & {"nltk", "sumy", "numpy", "jinja2", "docx", "typer"}
