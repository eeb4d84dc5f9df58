"""Files in and out: one module a format; a file read and written again unchanged is the same file."""
