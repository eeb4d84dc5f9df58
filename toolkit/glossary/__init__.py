"""The term base: entries, exchange formats, matching, enforcement, report and suggestion."""
