"""Inputs to begin with, and the packages around the part of a file that is fuzzed."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping

METADATA = json.dumps({"from_code": "de", "to_code": "en", "package_version": "1.0"}).encode()
TEXTS = (
    "„Wir auch.“, sagte Putin am 15. Dezember. Das gilt z. B. für Berlin … und den 2. Weltkrieg.\n",
    "Welt News\n\nPutin trifft Xi\n\n  • Der Kreml-Berater sprach\n  • Siehe auch …\n\nMOSKAU, 15. Dez. (Reuters) –",
    "Der Präsident sagte am Donnerstag,\ner wolle in der kommen-\nden Woche nach Peking reisen.\n",
    "Er zahlte 7.000 Euro (ca. 1,5 %). Nr. 5 [1][2] Siehe https://a.de/b_c?d=1. Inc. Mr. J. R. Smith!?",
)
DOCX: dict[str, bytes] = {
    "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
}
CONTAINER = b'<container><rootfiles><rootfile full-path="a.opf"/></rootfiles></container>'
OPF = (
    b'<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>B</dc:title></metadata><manifest>'
    b'<item id="c" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="c"/></spine>'
    b"</package>"
)
EPUB: dict[str, bytes] = {"mimetype": b"application/epub+zip"}


def docx_part(body: bytes) -> bytes:
    """A Word document's main part around *body*."""
    space = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return b"<w:document " + space + b"><w:body>" + body + b"</w:body></w:document>"


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A zip archive of *parts*."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        for name, content in parts.items():
            packed.writestr(zipfile.ZipInfo(name), content)
    return target.getvalue()
