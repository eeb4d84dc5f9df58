"""What of ours runs in a process of its own beside the command line: the library, and the bare engine.

    python -m benchmarks.speed_worker library FOLDER PACKAGE BEAM
    python -m benchmarks.speed_worker engine SENTENCES.json PACKAGE BEAM
    python -m benchmarks.speed_worker sentences SENTENCES.json PACKAGE BEAM OUT

``BEAM`` 0 is the package's own. The last line of the output is a JSON object with seconds (without loading).
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from toolkit.engines.ctranslate2 import BATCH_TOKENS, available_cores
from toolkit.models import PackageStore
from toolkit.models.package import Package


def library(folder: str, package: str, beam: str) -> dict[str, float]:
    """Translate a folder's documents with `Translator`, the built-in term base and all checks."""
    from toolkit import Translator, read

    translator = Translator(package=package, beam_size=int(beam) or None)
    documents = [read(path) for path in sorted(Path(folder).glob("*.txt"))]
    return _timed(lambda: sum(len(each.pairs) for each in translator.translate(documents)))


def engine(sentences: str, package: str, beam: str) -> dict[str, float]:
    """CTranslate2 and nothing else: pieces cut before, distinct sentences sorted by length, one call."""
    from io import BytesIO

    from ctranslate2 import Translator
    from sentencepiece import SentencePieceProcessor

    chosen = _package(package)
    files = chosen.open()
    model = files.model
    in_memory = None if isinstance(model, Path) else {name: BytesIO(data) for name, data in model.items()}
    place = str(model) if isinstance(model, Path) else chosen.folder
    decoder = Translator(place, compute_type="auto", inter_threads=available_cores(), intra_threads=1, files=in_memory)
    pieces = SentencePieceProcessor(model_proto=files.sentencepiece)
    texts = dict.fromkeys(json.loads(Path(sentences).read_text("utf-8")))
    rows = sorted((pieces.encode(text, out_type=str) for text in texts), key=len, reverse=True)
    beams = int(beam) or 4
    options = {"beam_size": beams, "max_batch_size": BATCH_TOKENS, "batch_type": "tokens"}
    return _timed(lambda: len(decoder.translate_batch(rows, **options)))


def sentences(sentences: str, package: str, beam: str, out: str) -> dict[str, float]:
    """Translate sentences (one each) and write them to *out*, for scoring; without a glossary, as references are."""
    from toolkit import Translator

    translator = Translator(package=package, beam_size=int(beam) or None, glossary=None)
    texts = json.loads(Path(sentences).read_text("utf-8"))

    def work() -> int:
        lines = translator.translate_lines(texts)
        Path(out).write_text("".join(" ".join(line.split()) + "\n" for line in lines), "utf-8")
        return len(lines)

    return _timed(work)


def _package(choice: str) -> Package:
    store = PackageStore()
    return store.named(choice) if choice else store.builtin()[0]


def _timed(work: Callable[[], int]) -> dict[str, float]:
    cpu, wall = time.process_time(), time.monotonic()
    done = work()
    return {"cpu": time.process_time() - cpu, "wall": time.monotonic() - wall, "done": done}


def main() -> None:
    """Do what the first argument says."""
    jobs: dict[str, Callable[..., dict[str, float]]] = {"library": library, "engine": engine, "sentences": sentences}
    print(json.dumps(jobs[sys.argv[1]](*sys.argv[2:])))


if __name__ == "__main__":
    main()
