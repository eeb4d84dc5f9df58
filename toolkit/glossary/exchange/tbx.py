"""Term bases in TBX (ISO 30042:2019), dialect TBX-Basic, style DCT (data categories as element names).

Written in the DCT style; read in DCT and in the older DCA style (``<termNote type="…">``). What TBX has no category
for (``case``, ``match``, our ``kind``) travels in notes of the form ``toolkit:case=sensitive``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from toolkit.errors import InputError
from toolkit.glossary.entries import GlossaryEntry
from toolkit.glossary.exchange import tables

_CORE = "urn:iso:std:iso:30042:ed-2"
_BASIC = "http://www.tbxinfo.net/ns/basic"
_MIN = "http://www.tbxinfo.net/ns/min"
_STATUS_WORDS = {
    "preferred": "preferredTerm-admn-sts",
    "admitted": "admittedTerm-admn-sts",
    "deprecated": "deprecatedTerm-admn-sts",
    "superseded": "supersededTerm-admn-sts",
}
_OWN_NOTE = re.compile(r"toolkit:(kind|case|match|status)=(\w+)")
_SOURCE, _TARGET = "de", "en"


def write(entries: Iterable[GlossaryEntry]) -> str:
    """Return a TBX-Basic document: a ``conceptEntry`` an entry, aliases admitted terms, forbidden ones deprecated."""
    root = Element("tbx", {"type": "TBX-Basic", "style": "dct", "xml:lang": _SOURCE, "xmlns": _CORE})
    root.attrib |= {"xmlns:basic": _BASIC, "xmlns:min": _MIN}
    description = SubElement(SubElement(root, "tbxHeader"), "fileDesc")
    SubElement(SubElement(description, "sourceDesc"), "p").text = "Term base written by the toolkit"
    body = SubElement(SubElement(root, "text"), "body")
    for number, entry in enumerate(entries, 1):
        _write_entry(SubElement(body, "conceptEntry", {"id": f"c{number}"}), entry)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _write_entry(concept: Element, entry: GlossaryEntry) -> None:
    for name, default in (("kind", "term"), ("case", "smart"), ("match", "inflected"), ("status", "preferred")):
        value = getattr(entry, name)
        if value != default:
            SubElement(concept, "note").text = f"toolkit:{name}={value}"
    if entry.note:
        SubElement(concept, "note").text = entry.note
    source = SubElement(concept, "langSec", {"xml:lang": _SOURCE})
    target = SubElement(concept, "langSec", {"xml:lang": _TARGET})
    _write_terms(source, (entry.source,), "preferred")
    _write_terms(source, entry.aliases, "admitted")
    _write_terms(target, (entry.target,), "preferred")
    _write_terms(target, entry.variants, "admitted")
    _write_terms(target, entry.forbidden, "deprecated")


def _write_terms(section: Element, terms: Iterable[str], status: str) -> None:
    for term in terms:
        place = SubElement(section, "termSec")
        SubElement(place, "term").text = term
        SubElement(place, "min:administrativeStatus").text = _STATUS_WORDS[status]


def parse(text: str, path: str = "-") -> list[GlossaryEntry]:
    """Read TBX; document types and entities are refused.

    Raises:
        InputError: Broken XML, forbidden XML constructs, or a concept without a German or an English term.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        root = fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text), forbid_dtd=False)
    except DefusedXmlException as error:
        raise InputError(f"unsafe XML: {error}", where=path, cure="take out document type and entities") from error
    except ParseError as error:
        line = error.position[0]
        raise InputError(f"broken XML: {error}", where=f"{path}:{line}", cure="repair the file") from error
    concepts = [node for node in root.iter() if _name(node) in ("conceptEntry", "termEntry")]
    return [_read_entry(node, f"{path}#{node.get('id', number)}") for number, node in enumerate(concepts, 1)]


def _read_entry(concept: Element, where: str) -> GlossaryEntry:
    terms: dict[str, list[tuple[str, str]]] = {}
    for section in concept:
        if _name(section) in ("langSec", "langSet"):
            tag = section.get("{http://www.w3.org/XML/1998/namespace}lang", "")
            terms.setdefault(tag.split("-")[0].lower(), []).extend(_read_terms(section))
    for language in (_SOURCE, _TARGET):
        if not any(status != "deprecated" for _, status in terms.get(language, [])):
            raise InputError(f"no term in {language!r}", where=where, cure="add one, or take out the concept")
    source = _usable(terms[_SOURCE])
    target = _usable(terms[_TARGET])
    forbidden = tuple(term for term, status in terms[_TARGET] if status == "deprecated")
    notes = [(node.text or "").strip() for node in concept if _name(node) == "note"]
    own: dict[str, Any] = dict(
        _own_value(match[1], match[2], where) for match in map(_OWN_NOTE.fullmatch, notes) if match
    )
    free = " ".join(note for note in notes if not _OWN_NOTE.fullmatch(note))
    return GlossaryEntry(
        source[0],
        target[0],
        aliases=source[1:],
        variants=target[1:],
        forbidden=forbidden,
        note=free,
        origin=where,
        **own,
    )


def _own_value(name: str, value: str, where: str) -> tuple[str, str]:
    return name, tables.choose(name, value, tables.CHOICES[name], where)


def _usable(terms: list[tuple[str, str]]) -> tuple[str, ...]:
    ranked = sorted((status != "preferred", number, term) for number, (term, status) in enumerate(terms))
    return tuple(term for _, number, term in ranked if terms[number][1] != "deprecated")


def _read_terms(section: Element) -> Iterator[tuple[str, str]]:
    for place in section.iter():
        if _name(place) in ("termSec", "tig", "ntig"):
            words = [" ".join("".join(node.itertext()).split()) for node in place.iter() if _name(node) == "term"]
            if words:
                yield words[0], _status(place)


def _status(place: Element) -> str:
    for node in place.iter():
        if "administrativeStatus" in (_name(node), node.get("type")):
            word = (node.text or "").strip()
            found = next((status for status, sign in _STATUS_WORDS.items() if sign == word or status == word), "")
            return "deprecated" if found == "superseded" else found
    return ""


def _name(node: Element) -> str:
    return str(node.tag).rsplit("}", 1)[-1].rsplit(":", 1)[-1]
