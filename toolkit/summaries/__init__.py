"""Extractive summaries in one language or in both at once."""
