"""Translation memories as files: TMX 1.4b for other tools, JSON Lines for everything the toolkit knows of a pair."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, ParseError, SubElement, indent, tostring

from toolkit import __version__
from toolkit.errors import InputError
from toolkit.languages import LanguagePair
from toolkit.memory.store import MemoryEntry, dump_pair, load_pair

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def to_tmx(entries: Iterable[MemoryEntry]) -> bytes:
    """Write entries as TMX 1.4b (LISA OSCAR, 2005): one ``tu`` an entry, the engine in a ``prop``."""
    root = Element("tmx", version="1.4")
    header = {
        "creationtool": "toolkit",
        "creationtoolversion": __version__,
        "segtype": "sentence",
        "o-tmf": "toolkit",
        "adminlang": "en",
        "srclang": "*all*",
        "datatype": "plaintext",
    }
    SubElement(root, "header", header)
    body = SubElement(root, "body")
    for entry in entries:
        unit = SubElement(body, "tu", srclang=entry.languages.source)
        SubElement(unit, "prop", type="x-engine").text = _xml_text(entry.engine)
        for language, text in (
            (entry.languages.source, entry.pair.source),
            (entry.languages.target, entry.pair.target),
        ):
            SubElement(SubElement(unit, "tuv", {_LANG: language}), "seg").text = _xml_text(text)
    indent(root)
    document: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _xml_text(text: str) -> str:
    """*text* without the control characters that XML 1.0 cannot hold."""
    return "".join(char for char in text if char >= " " or char in "\t\n\r")


def from_tmx(data: bytes, *, where: str = "-") -> Iterator[tuple[LanguagePair, str, str]]:
    """Read ``(languages, source, target)`` of every unit; inline tags are dropped, their text stays.

    Raises:
        InputError: Not well-formed, not TMX, or with a document type that declares entities.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(data, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except (ParseError, DefusedXmlException) as error:
        raise InputError(f"not a readable TMX file: {error}", where=where, cure="export it again as TMX 1.4") from error
    if root.tag != "tmx":
        raise InputError(f"not TMX: the root element is <{root.tag}>", where=where, cure="export it as TMX 1.4")
    srclang = getattr(root.find("header"), "attrib", {}).get("srclang", "")
    for unit in root.iterfind("./body/tu"):
        yield from _unit(unit, unit.get("srclang", srclang))


def _unit(unit: Element, srclang: str) -> Iterator[tuple[LanguagePair, str, str]]:
    texts = {}
    for variant in unit.iterfind("tuv"):
        segment = variant.find("seg")
        language = (variant.get(_LANG) or variant.get("lang") or "").split("-")[0].lower()
        if segment is not None and language:
            texts[language] = "".join(segment.itertext())
    source = srclang.split("-")[0].lower()
    source = source if source in texts else next(iter(texts), "")
    for language, text in texts.items():
        if language != source:
            yield LanguagePair(source, language), texts[source], text


def to_jsonl(entries: Iterable[MemoryEntry]) -> bytes:
    """Write entries with everything known of them, one JSON object a line."""
    lines = [
        json.dumps(
            {
                "key": entry.key,
                "source_language": entry.languages.source,
                "target_language": entry.languages.target,
                "engine": entry.engine,
                "pair": json.loads(dump_pair(entry.pair)),
            },
            ensure_ascii=False,
        )
        for entry in entries
    ]
    return "".join(line + "\n" for line in lines).encode()


def from_jsonl(data: bytes, *, where: str = "-") -> Iterator[MemoryEntry]:
    """Read what `to_jsonl` wrote.

    Raises:
        InputError: With ``path:line`` of the first line that is not such an object.
    """
    for number, line in enumerate(data.decode(errors="replace").splitlines(), 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            languages = LanguagePair(entry["source_language"], entry["target_language"])
            yield MemoryEntry(entry["key"], languages, entry["engine"], load_pair(json.dumps(entry["pair"])))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            reason = f"not a line of an exported memory ({type(error).__name__}: {error})"
            raise InputError(reason, where=f"{where}:{number}", cure="export it with toolkit memory export") from error
