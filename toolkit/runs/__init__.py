"""A whole folder: what to do, what is done already, and what became of it."""
