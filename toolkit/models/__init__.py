"""Argos packages: read, verify, install, remove, list, pack; the index; the built-in package."""
