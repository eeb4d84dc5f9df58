"""What fuzzing has found so far, by target: each input is answered now, and stays so."""

from __future__ import annotations

import pytest

from tests.fuzz.targets import TARGETS


def _pointing_outside(archive: bytes) -> bytes:
    """A zip archive that says its directory begins far behind its end: its entries then lie before its beginning."""
    return archive[:-6] + (2**24).to_bytes(4, "little") + archive[-2:]


FOUND: list[tuple[str, bytes, str]] = [
    ("archive-names", b" t/", "IndexError: an archive that holds folders only"),
    ("archive", _pointing_outside(TARGETS["archive"].seeds[0]), "OSError: a place before the file's beginning"),
    ("docx-file", _pointing_outside(TARGETS["docx-file"].seeds[0]), "ValueError: a place before the file's beginning"),
    ("docx-file", TARGETS["docx-file"].seeds[0].replace(b"[C", b"\xff\xffC", 1), "UnicodeDecodeError: a name"),
    ("tsv", b"source\ttarget\taliases\na\tb\tKyjiw  iK|j\n", "two spaces in a term became one when it was written"),
]
IDS = [f"{name}-{number}" for number, (name, _, _) in enumerate(FOUND)]


@pytest.mark.parametrize(("name", "data", "was"), FOUND, ids=IDS)
def test_a_former_finding_is_answered(name: str, data: bytes, was: str) -> None:
    assert was
    TARGETS[name].run(data)
