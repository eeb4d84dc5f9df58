"""The term base: entries, exchange formats, matching, enforcement, report and suggestion.

glossary = Glossary.builtin(pair).layer(Glossary.load("mine.tsv"))
glossary.find(text)                                      # terms in a German sentence
Enforcer(glossary, engine).enforce(sources, hypotheses)  # brought into the translation, with a record
"""

from toolkit.glossary.entries import Glossary, GlossaryEntry

__all__ = ["Glossary", "GlossaryEntry"]
