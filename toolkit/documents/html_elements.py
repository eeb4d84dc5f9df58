"""What HTML's elements mean here: which begin a block, which are left alone, which role their text has."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from toolkit.documents.html_tokens import Token
from toolkit.types import Role


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


BLOCK = _names(
    "address article aside base blockquote body button canvas caption center col colgroup dd details dialog dir div dl"
    " dt fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe legend li"
    " link main menu meta nav noscript ol optgroup option p pre search section select summary table tbody td template"
    " textarea tfoot th thead title tr ul video xmp"
)
"""Elements at which a block of text ends; every other element is inline."""
VOID = _names("area base br col embed hr img input link meta param source track wbr")
UNTOUCHED = _names("pre code kbd samp var tt svg math xmp textarea script style canvas object")
_BOILERPLATE = _names("nav footer aside button select menu dialog")
_ARIA = _names("navigation complementary banner contentinfo search dialog alertdialog menu")
_ROLES: dict[str, Role] = {
    "blockquote": "quote", "figcaption": "caption", "caption": "caption", "li": "list_item", "dt": "list_item",
    "dd": "list_item", "td": "cell", "th": "cell", **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
}  # fmt: skip
_ENDED_BY_SIBLING = {"li": ("li",), "dt": ("dt", "dd"), "dd": ("dt", "dd"), "td": ("td", "th"), "th": ("td", "th"),
                     "tr": ("tr",), "option": ("option",)}  # fmt: skip
_BARRIERS = frozenset({"ul", "ol", "menu", "dl", "table", "select"})
_LOOK_BACK = 60  # open elements searched for an implied end; hostile nesting must stay linear


@dataclass(frozen=True, slots=True)
class Context:
    """What the text at some place is, judged by the elements around it."""

    role: Role = "paragraph"
    reason: str = ""
    element: str = ""


def is_untouched(token: Token) -> bool:
    """Whether the element's content is code, or marked as not to be translated (HTML's ``translate`` attribute)."""
    marked = token.get("translate").lower() == "no" or "notranslate" in token.get("class").lower().split()
    return token.name in UNTOUCHED or (marked and token.name not in {"html", "body"})


class Surroundings:
    """The block elements open at a place; end tags that may be left out are understood.

    >>> around = Surroundings()
    >>> around.open(Token("open", (0, 4), "li")); around.context.role
    'list_item'
    """

    def __init__(self) -> None:
        self._stack: list[Context] = []
        self._count: Counter[str] = Counter()

    @property
    def context(self) -> Context:
        """Role and reason for text at this place."""
        return self._stack[-1] if self._stack else Context()

    def open(self, token: Token) -> None:
        """Enter a block element."""
        if self._stack and self.context.element == "p":
            self._pop()
        self._end_sibling(token.name)
        if token.name not in VOID:
            self._stack.append(_inside(self.context, token))
            self._count[token.name] += 1

    def close(self, name: str) -> None:
        """Leave a block element, and all inside it; an end tag without a start tag is passed over."""
        if self._count[name]:
            while self._pop() != name:
                pass

    def _pop(self) -> str:
        name = self._stack.pop().element
        self._count[name] -= 1
        return name

    def _end_sibling(self, name: str) -> None:
        for context in self._stack[: -_LOOK_BACK - 1 : -1]:
            if context.element in _BARRIERS or name not in _ENDED_BY_SIBLING:
                return
            if context.element in _ENDED_BY_SIBLING[name]:
                self.close(context.element)
                return


def _inside(around: Context, token: Token) -> Context:
    here = replace(around, element=token.name)
    if around.role == "boilerplate":
        return here
    if token.name in _BOILERPLATE or token.get("role").lower() in _ARIA:
        return replace(here, role="boilerplate", reason=f"inside <{token.name}>")
    if token.name == "p" and around.role == "cell":  # a table used for layout
        return replace(here, role="paragraph")
    return replace(here, role=_ROLES.get(token.name, around.role))
