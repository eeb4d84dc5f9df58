"""One module a format; each has ``render(briefing) -> bytes`` and reads nothing but the briefing."""
