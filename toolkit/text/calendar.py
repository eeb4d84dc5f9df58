"""Names of months and weekdays in German and English."""

from __future__ import annotations

_MONTHS = (
    ("januar", "jänner", "january"),
    ("februar", "feber", "february"),
    ("märz", "march"),
    ("april",),
    ("mai", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("august",),
    ("september",),
    ("oktober", "october"),
    ("november",),
    ("dezember", "december"),
)
_WEEKDAYS = (
    ("montag", "monday"),
    ("dienstag", "tuesday"),
    ("mittwoch", "wednesday"),
    ("donnerstag", "thursday"),
    ("freitag", "friday"),
    ("samstag", "sonnabend", "saturday"),
    ("sonntag", "sunday"),
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
"""Lower-case name of a month, Austrian ones too, to its number, 1–12."""
WEEKDAYS = {name: number for number, names in enumerate(_WEEKDAYS) for name in names}
"""Lower-case name of a weekday to its number, as `datetime.date.weekday` counts: 0 is Monday."""
