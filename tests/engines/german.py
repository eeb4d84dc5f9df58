"""A hundred German sentences as they stand in the news, written for these tests."""

_SUBJECTS = (
    "Die Bundesregierung",
    "Der Präsident",
    "Das Unternehmen aus München",
    "Die Außenministerin",
    "Ein Sprecher der Polizei",
)
_ACTS = (
    "hat am Montag neue Maßnahmen angekündigt",
    "will die Preise bis Ende 2026 um 3,5 Prozent senken",
    "warnte vor den Folgen des Krieges",
    "sprach in Brüssel mit Vertretern der Europäischen Union",
)
_ENDINGS = (
    ".",
    ", obwohl die Verhandlungen noch nicht abgeschlossen sind.",
    " und verwies auf den Bericht vom 15. Dezember.",
    ": „Wir brauchen mehr Zeit.“",
    ", wie die Zeitung „Die Woche“ unter Berufung auf Diplomaten berichtet.",
)
SENTENCES = tuple(f"{subject} {act}{ending}" for subject in _SUBJECTS for act in _ACTS for ending in _ENDINGS)
ODD = (
    "",
    " ",
    "Ja.",
    "GESUCHT: Köchin (m/w/d), ab 18,50 €/Std.!",
    "snake_case und _kursiv_ bleiben",
    "🙂 Gute  Nachricht\u00a0aus Kiew – endlich …",
    "½ Liter Milch, 5 km² Wald, „‚Demokratie‘“",
    "日本語のテキスト",
    "https://beispiel.example/pfad_eins?x=1",
    "⟦ Uschakow → Ushakov ⟧ flog nach Peking.",
)
