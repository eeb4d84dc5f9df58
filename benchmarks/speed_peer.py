"""argostranslate as its users run it, in an interpreter that has it: the library in a loop, or its command line.

    PYTHON speed_peer.py library SPLITS.json FILE…
    PYTHON speed_peer.py cli SPLITS.json ARGUMENTS OF argos-translate…

Only one thing is not as it comes: its sentence splitter would download a model at first use, so it is given our
sentences from a table (which costs it nothing).
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import ClassVar

os.environ["ORT_DISABLE_TELEMETRY"] = "1"


class Table:
    """A sentence splitter that looks the sentences up."""

    splits: ClassVar[dict[str, list[str]]] = {}

    def __init__(self, package: object) -> None:
        self.package = package

    def split_sentences(self, text: str) -> list[str]:
        return self.splits.get(text) or [text]

    def __str__(self) -> str:
        return "sentences from a table"


def library(files: list[str]) -> None:
    """Translate every file with the library, in a loop; say how long that took without loading."""
    from argostranslate import translate

    translation = translate.get_translation_from_codes("de", "en")
    translation.translate("Ja.")
    cpu, wall = time.process_time(), time.monotonic()
    texts = [translation.translate(Path(file).read_text("utf-8")) for file in files]
    spent = {"cpu": time.process_time() - cpu, "wall": time.monotonic() - wall}
    print(json.dumps({**spent, "characters": sum(map(len, texts))}))


def main() -> None:
    """Put the table in the splitter's place and do what is asked."""
    mode, table, *rest = sys.argv[1:]
    Table.splits = json.loads(Path(table).read_text("utf-8"))
    from argostranslate import cli, sbd, translate

    for module in (sbd, translate):
        for name in ("MiniSBDSentencizer", "StanzaSentencizer", "SpacySentencizerSmall"):
            setattr(module, name, Table)
    if mode == "library":
        library(rest)
    else:
        sys.argv = ["argos-translate", *rest]
        cli.main()


if __name__ == "__main__":
    main()
