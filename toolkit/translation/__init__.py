"""From documents to sentence pairs: recall, decode, check, enforce."""

from toolkit.translation.translator import DocumentTranslator

__all__ = ["DocumentTranslator"]
