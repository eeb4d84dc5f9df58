"""Stories, the bilingual briefing as data, and one renderer a format."""
