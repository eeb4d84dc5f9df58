"""Cue words for Edmundson's method, written for German and English news.

Edmundson (1969) counts words that announce something of weight as a bonus and belittling or vague words as a stigma;
his own lists are for scientific papers, and sumy ships none (its examples are Czech).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BONUS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "de": _words(
            """abkommen abgelehnt angekündigt ankündigung beschloss beschlossen beschluss bestätigt bestätigte bilanz
            deutlich einig einigten einigung endgültig entscheidend entscheidung entschied ergebnis erhöht erneut
            erreicht erstmals festgenommen folge folgen gefordert gegenüber gemeinsam genehmigt gesenkt gestiegen
            gesunken getötet größte größten grund höchste insgesamt kündigte laut mehrheit milliarden millionen neue
            offiziell prozent rekord rücktritt schwere starb stärkste stimmte tote überraschend umfrage unterzeichnet
            ursache verabschiedet verboten verletzt verletzte vorgestellt warnt warnte wichtig wichtigste zahl ziel
            zunächst zustimmung"""
        ),
        "en": _words(
            """according agreed agreement announced announcement approved arrested ban banned because biggest billion
            cause confirmed conclusion crucial dead deal decided decision died first founded goal ground highest
            important injured killed largest launched leading majority million most new official officially overall
            passed percent plan reason record rejected resigned result results revealed rose rule ruled significant
            signed survey total unveiled urged victory vote voted warned won worst"""
        ),
    }
)
STIGMA: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "de": _words(
            """allerdings anekdote angeblich bekanntlich beispiel beispielsweise bisschen eher eigentlich etwa etwas
            freilich gelegentlich gewissermaßen halt irgendwann irgendwie irgendwo ja kaum leider manche manchmal
            mitunter möglicherweise natürlich nebenbei nämlich ohnehin quasi schließlich sozusagen stellenweise
            übrigens vielleicht vermutlich weitgehend wohl ziemlich zufällig"""
        ),
        "en": _words(
            """actually admittedly allegedly anecdote anyway apparently arguably basically besides example fairly
            hardly incidentally instance kind maybe merely naturally obviously occasionally otherwise perhaps possibly
            presumably pretty probably quite rather really scarcely sometimes somehow somewhat sort supposedly
            unclear"""
        ),
    }
)
