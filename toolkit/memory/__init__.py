"""The translation memory: sentences translated before, in SQLite, with TMX and JSON Lines exchange."""
