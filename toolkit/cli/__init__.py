"""The command line: one module a command; each parses and delegates."""
