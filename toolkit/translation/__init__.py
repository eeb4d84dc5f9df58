"""From documents to sentence pairs: recall, decode, check, enforce."""
