"""The translation memory: sentences translated before, in SQLite, with TMX and JSON Lines exchange."""

from toolkit.memory.store import MemoryEntry, MemoryStatistics, TranslationMemory, default_path, memory_key

__all__ = ["MemoryEntry", "MemoryStatistics", "TranslationMemory", "default_path", "memory_key"]
