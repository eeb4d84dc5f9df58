"""Decoders behind one protocol."""
