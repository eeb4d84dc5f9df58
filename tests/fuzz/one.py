"""Fuzz one target in this process, led by coverage (atheris, libFuzzer): ``python -m tests.fuzz.one NAME FLAGS…``.

A process can be led only once, and ends at its first finding; `tests.fuzz.__main__` starts as many as are needed.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Instrument the toolkit, then hand the target to libFuzzer with the flags of the command line."""
    import atheris  # type: ignore[import-untyped,unused-ignore]

    with atheris.instrument_imports(include=["toolkit"]):
        from tests.fuzz.targets import TARGETS
    target = TARGETS[sys.argv[1]]
    atheris.Setup([sys.argv[0], *sys.argv[2:]], target.run)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
