"""Checks of a term base. Every message says where (``path:line``) and what cures it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from toolkit.errors import InputError
from toolkit.glossary.entries import GlossaryEntry
from toolkit.glossary.folding import fold

_SEPARATOR = re.compile(r"[|\t\n\r]")
_SHOWN = 20
"""Faults told in one message; more would scroll the first, which often causes the others, off the screen."""


def check(entries: Sequence[GlossaryEntry]) -> None:
    """Raise one `InputError` that tells of every fault in *entries*.

    >>> check([GlossaryEntry("Kiew", "Kyiv"), GlossaryEntry("Kiew", "Kiev")])
    Traceback (most recent call last):
    ...
    toolkit.errors.InputError: 'Kiew' has two targets, 'Kyiv' and 'Kiev'. Cure: keep one row and list the other target
    under variants or forbidden
    """
    faults = find_faults(entries)
    if not faults:
        return
    if len(faults) == 1:
        raise faults[0]
    told = "\n".join(f"  {fault}" for fault in faults[:_SHOWN])
    more = f"\n  and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
    raise InputError(f"{len(faults)} faults in the term base:\n{told}{more}")


def find_faults(entries: Sequence[GlossaryEntry]) -> list[InputError]:
    """Return every fault in *entries*, in order: of single rows first, then between rows."""
    active = [entry for entry in entries if entry.status != "deprecated"]
    single = [fault for entry in entries for fault in _entry_faults(entry)]
    return single + _clashes(active) + _chains(active)


def chained(first: GlossaryEntry, second: GlossaryEntry) -> bool:
    """Whether one's target is the other's source, so that a term would be replaced twice (A→B, B→C).

    >>> chained(GlossaryEntry("Kiew", "Kiev"), GlossaryEntry("Kiev", "Kyiv"))
    True
    """
    return _leads_on(first, second) or _leads_on(second, first)


def _leads_on(first: GlossaryEntry, second: GlossaryEntry) -> bool:
    return bool(first.target) and first.target in second.forms and first.target != second.target


def _entry_faults(entry: GlossaryEntry) -> list[InputError]:
    faults: list[InputError] = []
    name = entry.source or "?"

    def fault(reason: str, cure: str) -> None:
        faults.append(InputError(reason, where=entry.origin, cure=cure))

    if not fold(entry.source):
        fault("a row without a source", "write the German form in the column source, or delete the row")
    if not fold(entry.target):
        fault(f"{name!r} has no target", "write the English form, or set kind to keep")
    if entry.kind == "keep" and entry.target != entry.source:
        fault(f"{name!r} is to be kept but has the target {entry.target!r}", "leave the target empty, or change kind")
    for form in entry.forbidden:
        if form in entry.accepted:
            fault(f"{form!r} is both wanted and forbidden for {name!r}", "take it out of one of the columns")
    for form in (*entry.forms, *entry.accepted, *entry.forbidden):
        if _SEPARATOR.search(form):
            fault(f"{form!r} holds a separator", "forms may not contain |, tabs or line breaks")
    return faults


def _clashes(entries: Sequence[GlossaryEntry]) -> list[InputError]:
    faults: list[InputError] = []
    owners: dict[tuple[str, str], GlossaryEntry] = {}
    for entry in entries:
        for form in dict.fromkeys(entry.forms):
            key = (fold(form), form if entry.case == "sensitive" else "")
            owner = owners.setdefault(key, entry)
            if owner is not entry:
                faults.append(_clash(form, owner, entry))
    return faults


def _clash(form: str, first: GlossaryEntry, second: GlossaryEntry) -> InputError:
    seen = f" (first in {first.origin})" if first.origin else ""
    if form == first.source and form == second.source:
        if first.target == second.target:
            return InputError(f"{form!r} is listed twice{seen}", where=second.origin, cure="delete one of the rows")
        return InputError(
            f"{form!r} has two targets, {first.target!r} and {second.target!r}{seen}",
            where=second.origin,
            cure="keep one row and list the other target under variants or forbidden",
        )
    return InputError(
        f"{form!r} belongs to two concepts, {first.source!r} and {second.source!r}{seen}",
        where=second.origin,
        cure="leave the form in one of the two rows",
    )


def _chains(entries: Sequence[GlossaryEntry]) -> list[InputError]:
    by_form = {form: entry for entry in entries for form in entry.forms}
    faults = []
    for entry in entries:
        follower = by_form.get(entry.target)
        if follower is not None and follower is not entry and _leads_on(entry, follower):
            chain = f"{entry.source} → {entry.target} → {follower.target}"
            faults.append(InputError(f"a chain: {chain}", where=entry.origin, cure="give both rows the final target"))
    return faults
