"""A Word paragraph as words and marks, and back: runs with formatting of their own, hyperlinks, fields, pictures.

Word cuts a paragraph into runs wherever it likes. Neighbouring runs that look the same count as one; the look that
most of a paragraph (or a hyperlink) has is its base and needs no mark. What is not words (a picture, a footnote's
number, a bookmark) is a point; a field is kept together. Markup places are indices into a list of `Item`.

The element names are those of ECMA-376, part 1, section 17.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Literal

from toolkit.documents.inline import Event, Inline, Node, Placed, from_events
from toolkit.types import Span

NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_CONTAINERS = frozenset({"hyperlink", "ins", "moveTo", "smartTag", "customXml", "fldSimple", "dir", "bdo", "sdt"})
_DROPPED = frozenset({"proofErr", "lastRenderedPageBreak"})
_WORDS = {"noBreakHyphen": "\u2011", "softHyphen": ""}
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t"}
_UNSEEN = frozenset({"lang", "noProof"})  # run properties that do not change how text looks
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of a paragraph's markup.

    ``element`` is what it is: for ``look`` a run to take the formatting from, for ``container`` the element that holds
    runs, for ``run`` a run with just one child (``child``), for ``element`` anything else.
    """

    kind: Literal["look", "container", "run", "element", "end"]
    element: Any = None
    child: Any = None


@dataclass(slots=True)
class Paragraph:
    """A paragraph read: ``inline`` has the words and marks, whose markup spans are indices in ``items``."""

    element: Any
    items: list[Item] = field(default_factory=list)
    inline: Inline = field(default_factory=lambda: Inline("", (), ()))


def local(element: Any) -> str:
    """An element's name if it is one of WordprocessingML, else "".

    >>> from lxml import etree
    >>> local(etree.Element("{%s}p" % NAMESPACES[0])), local(etree.Comment("x"))
    ('p', '')
    """
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    namespace, _, name = tag[1:].rpartition("}")
    return name if namespace in NAMESPACES else ""


def read_paragraph(element: Any) -> Paragraph:
    """Read a ``w:p`` without changing it."""
    reader = _Reader(Paragraph(element))
    reader.container(element)
    reader.paragraph.inline = reader.finish()
    return reader.paragraph


@dataclass(slots=True)
class _Reader:
    paragraph: Paragraph
    events: list[Event] = field(default_factory=list)
    field_runs: list[Item] = field(default_factory=list)
    depth: int = 0

    def container(self, holder: Any) -> None:
        """Read what stands in a paragraph, a hyperlink …"""
        base = base_look(holder)
        look: Any = None
        for child in holder:
            name = local(child)
            if name == "r":
                look = self._run(child, base, look)
            elif name in _CONTAINERS:
                self._end_look(look)
                look = None
                self._event("open", child, [Item("container", child)])
                self.container(_holder(child))
                self._event("close", child, [Item("end")])
            elif name != "pPr" and name not in _DROPPED:
                self._event("point", None, [Item("element", child)])
        self._end_look(look)

    def finish(self) -> Inline:
        """Turn the events into words and marks."""
        if self.field_runs:
            self._event("point", None, self.field_runs)
        return from_events(self.events, len(self.paragraph.items))

    def _run(self, run: Any, base: object, look: object) -> object:
        own = look_of(run)
        wanted = None if own == base else own
        if any(local(child) == "t" and child.text for child in run) and wanted != look:
            self._end_look(look)
            if wanted is not None:
                self._event("open", ("look", wanted), [Item("look", run)])
            look = wanted
        for child in run:
            self._child(run, child)
        return look

    def _end_look(self, look: object) -> None:
        if look is not None:
            self._event("close", ("look", look), [Item("end")])

    def _child(self, run: Any, child: Any) -> None:
        name = local(child)
        item = Item("run", run, child)
        if name == "fldChar":
            self._field(child, item)
        elif self.depth:
            self.field_runs.append(item)
        elif name == "t":
            self._event("text", child.text or "", [])
        elif name in _WORDS:
            self._event("text", _WORDS[name], [])
        elif name in _BREAKS:
            self._event("break", _BREAKS[name], [item])
        elif name != "rPr" and name not in _DROPPED:
            self._event("point", None, [item])

    def _field(self, child: Any, item: Item) -> None:
        """A field's code (from its begin to its separator) is the opening of a mark, its end the closing."""
        kind = next((value for key, value in child.attrib.items() if key.endswith("fldCharType")), "")
        if self.depth or kind == "begin":
            self.field_runs.append(item)
            self.depth += {"begin": 1, "end": -1}.get(kind, 0)
            if kind == "separate" and self.depth == 1:
                self.depth = 0
                self._event("open", "field", self.field_runs)
                self.field_runs = []
            elif self.depth == 0:
                self._event("point", None, self.field_runs)
                self.field_runs = []
        elif kind == "end":
            self._event("close", "field", [item])
        else:
            self._event("point", None, [item])

    def _event(
        self, kind: Literal["text", "break", "open", "close", "point"], payload: Any, items: Sequence[Item]
    ) -> None:
        start = len(self.paragraph.items)
        self.paragraph.items += items
        self.events.append((kind, payload, Span(start, len(self.paragraph.items))))


def look_of(run: Any) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """What decides how a run looks: its properties, in an order of our own."""
    properties = next((child for child in run if local(child) == "rPr"), ())
    seen = [entry for entry in properties if isinstance(entry.tag, str) and local(entry) not in _UNSEEN]
    return tuple(sorted((entry.tag, tuple(sorted(entry.attrib.items()))) for entry in seen))


def base_look(holder: Any) -> object:
    """The look of most characters directly in *holder*."""
    counts: Counter[object] = Counter()
    for run in holder:
        if local(run) == "r":
            counts[look_of(run)] += sum(len(child.text or "") for child in run if local(child) == "t")
    return counts.most_common(1)[0][0] if counts else None


def rebuild(paragraph: Paragraph, nodes: tuple[Node, ...], language: str) -> None:
    """Put an arrangement of the translation into the paragraph's element."""
    writer = _Writer(paragraph, language)
    writer.fill(paragraph.element, nodes)


@dataclass(slots=True)
class _Writer:
    paragraph: Paragraph
    language: str

    def fill(self, holder: Any, nodes: tuple[Node, ...]) -> None:
        base = base_look(holder)
        run = next((child for child in holder if local(child) == "r" and look_of(child) == base), None)
        elements = list(self._elements(nodes, run, holder))
        for child in list(holder):
            if local(child) not in {"pPr"}:
                holder.remove(child)
        holder.extend(elements)

    def _elements(self, nodes: tuple[Node, ...], look: Any, holder: Any) -> Iterator[Any]:
        for node in nodes:
            if isinstance(node, str):
                yield self._text(node, look, holder)
            else:
                yield from self._placed(node, look, holder)

    def _placed(self, node: Placed, look: Any, holder: Any) -> Iterator[Any]:
        entry = self.paragraph.inline.markup[node.index]
        items = self.paragraph.items[slice(*entry.opening)]
        first = items[0]
        if not self.paragraph.inline.marks[node.index].closing:
            yield from self._whole(items)
        elif first.kind == "container":
            self.fill(_holder(first.element), node.children)
            yield first.element
        elif first.kind == "look":
            yield from self._elements(node.children, first.element, holder)
        else:
            yield from self._whole(items)
            yield from self._elements(node.children, look, holder)
            yield from self._whole(self.paragraph.items[slice(*entry.closing)])

    def _whole(self, items: Sequence[Item]) -> Iterator[Any]:
        """Markup that holds no words, as it is; what stands in a container comes with it."""
        inside = 0
        for item in items:
            if item.kind in {"container", "look", "end"}:
                if item.kind == "container" and not inside:
                    yield item.element
                inside += -1 if item.kind == "end" else 1
            elif not inside:
                yield self._element(item)

    def _element(self, item: Item) -> Any:
        if item.kind != "run":
            return item.element
        run = _like(item.element)
        run.append(item.child)
        return run

    def _text(self, words: str, look: Any, holder: Any) -> Any:
        namespace = holder.tag[: holder.tag.index("}") + 1]
        run = _like(look) if look is not None else holder.makeelement(f"{namespace}r")
        for properties in run:
            for entry in properties:
                if local(entry) == "lang" and f"{namespace}val" in entry.attrib:
                    entry.set(f"{namespace}val", self.language)
        text = run.makeelement(f"{namespace}t")
        text.text = xml_text(words)
        text.set(_SPACE, "preserve")
        run.append(text)
        return run


def xml_text(words: str) -> str:
    """Words as XML can hold them: without control characters.

    >>> xml_text("a\\x0bb")
    'a b'
    """
    return "".join(c if c >= " " and c not in "\ufffe\uffff" else " " for c in words)


def _like(run: Any) -> Any:
    """A new run with the properties of another."""
    new = run.makeelement(run.tag)
    new.extend(deepcopy(child) for child in run if local(child) == "rPr")
    return new


def _holder(container: Any) -> Any:
    if local(container) != "sdt":
        return container
    return next((child for child in container if local(child) == "sdtContent"), container)
