"""Roles that a block's place in its article gives it: headline and its copies, headings, lists of other articles.

All functions take the blocks of one article in order and what is known of each so far (`Judgement` or `None`), and
return new judgements by index. Where the evidence is thin they stay silent, and the block remains what it was.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from toolkit.text.boilerplate import COMMENTS, OTHER_ARTICLES
from toolkit.text.normalisation import fingerprint
from toolkit.types import Block, Role

_FINAL = re.compile(r"[.!?…:;]['\"“”’»«)\]]*\s*$")
_PERIOD = re.compile(r"[.:;,…]['\"“”’»«)\]]*\s*$")
_SITE = re.compile(
    r"(?i)(?:\b(?:news|online|portal|blog|tv|radio|daily|today|times|post|herald|gazette|tribune|magazin|zeitung|24)"
    r"|\w*(?:news|nachrichten|blatt|zeitung|kurier|anzeiger|rundschau|presse|journal|post|24)(?:\.de)?)\b"
    r"|\b\w+\.(?:de|com|at|ch|net|org)\b"
)
_SENTENCE_END = re.compile(r"[.!?][“”\"»]?\s")
_RESIDUE = re.compile(r"(?i)\.?(?:jpe?g|png|webp|gif)|3f|26|\d{3,}|source")
BODY_WORDS = 6
"""A line of so many words that ends like a sentence is taken for running text …"""
LONG_LINE = 30
"""… and so is one of so many words whatever its end."""
TITLE_WORDS = range(2, 31)
HEADING_WORDS = 14
SITE_NAME_WORDS = 4
COPY_CHARACTERS = 15
"""The least that a line must share with the headline to count as its copy."""
TEASER_WORDS = 25
"""In a list of other articles only text of so many words, or of several sentences, surely belongs to the article."""
TEXT_WORDS = 10
"""Where more of the article is sure to come, a sentence of so many words ends the list."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The role a block was given, why, and how sure that is (0–1)."""

    role: Role
    reason: str
    confidence: float


Judgements = Mapping[int, Judgement]


def is_body(block: Block) -> bool:
    """Return whether a block reads like running text rather than a line of layout."""
    words = len(block.text.split())
    return words >= LONG_LINE or (words >= BODY_WORDS and bool(_FINAL.search(block.text)))


def find_title(blocks: Sequence[Block], known: Judgements) -> dict[int, Judgement]:
    """Find the headline: the reader's, else the best headline-like line before the running text.

    A line that comes again further on, whole or cut short, is the headline for sure.
    """
    marked = [n for n, block in enumerate(blocks) if block.role == "title" and n not in known]
    if marked:
        return {}
    first = next((n for n, block in enumerate(blocks) if n not in known and is_body(block)), None)
    if first is None:
        return {}
    likely = {n: _title_score(blocks, n) for n in range(first) if n not in known and _may_be_title(blocks[n])}
    if not likely:
        return {}
    best = max(likely, key=lambda n: (likely[n], -n))
    if likely[best] < 1:
        return {}
    return {best: Judgement("title", "first headline-like line before the text", min(0.95, 0.5 + 0.15 * likely[best]))}


def _may_be_title(block: Block) -> bool:
    words = block.text.split()
    return len(words) in TITLE_WORDS and not _PERIOD.search(block.text) and block.role in ("paragraph", "heading")


def _title_score(blocks: Sequence[Block], index: int) -> int:
    """Points for and against; 1 is enough."""
    text = blocks[index].text
    later = blocks[index + 1 : index + 6]
    copied = any(_is_copy(other.text, text) for other in later)
    return 2 * (len(text.split()) >= 4) + 3 * copied + (blocks[index].role == "heading") + 1 - 3 * _is_site_name(text)


def find_copies(blocks: Sequence[Block], title: int) -> dict[int, Judgement]:
    """Find lines that repeat the headline, cut it short, or run it into the name of a picture."""
    found = {}
    for n, block in enumerate(blocks):
        if n != title and block.role in ("paragraph", "heading", "title") and _is_copy(block.text, blocks[title].text):
            found[n] = Judgement("boilerplate", "repeats the title", 0.9)
    return found


def _is_copy(text: str, title: str) -> bool:
    """Whole, cut short, or with the same start and then the remains of a picture's address."""
    copy, whole = fingerprint(text), fingerprint(title)
    if copy == whole:
        return bool(copy)
    shared = _shared_start(copy, whole)
    if shared < COPY_CHARACTERS:
        return False
    rest = copy[shared:]
    return shared >= len(copy) - 1 or (shared >= 0.4 * len(whole) and bool(_RESIDUE.match(rest.lstrip())))


def _shared_start(one: str, other: str) -> int:
    for place, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return place
    return min(len(one), len(other))


def find_lists(blocks: Sequence[Block], known: Judgements) -> dict[int, Judgement]:
    """Set aside what follows ``More Stories`` till the article goes on, and all after the start of the comments.

    A link to the comments may stand above the article: only one in its second half starts them.
    """
    found: dict[int, Judgement] = {}
    last = max((n for n, block in enumerate(blocks) if n not in known and _is_strong(block)), default=-1)
    total = sum(len(block.text) for n, block in enumerate(blocks) if n not in known)
    before, opener = 0, None
    for n, block in enumerate(blocks):
        late = 2 * before >= total
        opener = _opener(n, known, opener, late)
        if n in known:
            continue
        if opener is not None and _goes_on(block, known[opener], certain=not late or n < last):
            _give_back_heading(blocks, found, n)
            opener = None
        if opener is None:
            before += len(block.text)
        else:
            found[n] = Judgement("boilerplate", f"follows “{blocks[opener].text.strip()[:40]}”", 0.8)
    return found


def _opener(index: int, known: Judgements, current: int | None, late: bool) -> int | None:
    """Return which block started the list that *index* is in; comments are never left again."""
    reason = known[index].reason if index in known else ""
    if current is not None and known[current].reason == COMMENTS:
        return current
    return index if reason == OTHER_ARTICLES or (reason == COMMENTS and late) else current


def _goes_on(block: Block, opener: Judgement, *, certain: bool) -> bool:
    """Return whether the article goes on with *block*; *certain*: more of its text is sure to come."""
    if opener.reason == COMMENTS or not is_body(block):
        return False
    return _is_strong(block) or (certain and len(block.text.split()) >= TEXT_WORDS)


def _is_strong(block: Block) -> bool:
    return is_body(block) and (len(block.text.split()) >= TEASER_WORDS or bool(_SENTENCE_END.search(block.text)))


def _give_back_heading(blocks: Sequence[Block], found: dict[int, Judgement], index: int) -> None:
    """The last line of a list of two or more, right before the text goes on, is rather that text's heading."""
    if index - 1 in found and index - 2 in found and _is_heading_like(blocks[index - 1]):
        del found[index - 1]


def find_lists_of_furniture(blocks: Sequence[Block], known: Judgements) -> dict[int, Judgement]:
    """Set aside the bullets under a line of page furniture that ends in a colon."""
    found: dict[int, Judgement] = {}
    under = False
    for n, block in enumerate(blocks):
        if n in known:
            under = known[n].role == "boilerplate" and block.text.rstrip().endswith(":")
        elif under and block.role == "list_item":
            found[n] = Judgement("boilerplate", "list under page furniture", 0.85)
        else:
            under = False
    return found


def find_edges(blocks: Sequence[Block], known: Judgements, title: int | None) -> dict[int, Judgement]:
    """Judge the short lines before and after the running text: names of sites, leavings among page furniture."""
    body = [n for n, block in enumerate(blocks) if n not in known and is_body(block)]
    if not body:
        return {}
    found: dict[int, Judgement] = {}
    head = range(title if title is not None else body[0])
    tail = range(body[-1] + 1, len(blocks))
    furnished = any(known[n].role == "boilerplate" for n in tail if n in known)
    for n in (*head, *tail):
        if n in known or not _is_short_line(blocks[n]):
            continue
        if _is_site_name(blocks[n].text):
            found[n] = Judgement("boilerplate", "name of the site", 0.75)
        elif n in tail and furnished:
            found[n] = Judgement("boilerplate", "left over among page furniture after the text", 0.6)
    return found


def find_headings(blocks: Sequence[Block], known: Judgements) -> dict[int, Judgement]:
    """Find headings: short lines without a period, with text before and after them."""
    found: dict[int, Judgement] = {}
    open_blocks = [n for n in range(len(blocks)) if n not in known or known[n].role != "boilerplate"]
    for place, n in enumerate(open_blocks[:-1]):
        after = blocks[open_blocks[place + 1]]
        if place and n not in known and _is_heading_like(blocks[n]) and (is_body(after) or after.role == "list_item"):
            found[n] = Judgement("heading", "short line without a period before running text", 0.7)
    return found


def _is_short_line(block: Block) -> bool:
    return block.role in ("paragraph", "heading", "list_item") and not is_body(block)


def _is_heading_like(block: Block) -> bool:
    text = block.text.strip()
    letters = [letter for letter in text if letter.isalpha()]
    return (
        block.role == "paragraph"
        and len(text.split()) <= HEADING_WORDS
        and bool(letters)
        and letters[0].isupper()
        and not _FINAL.search(text)
    )


def _is_site_name(text: str) -> bool:
    words = text.split()
    if not words or len(words) > SITE_NAME_WORDS or _FINAL.search(text):
        return False
    alone = len(words) == 1 and text.strip().islower() and text.strip().isalnum()
    return alone or bool(_SITE.search(text))
