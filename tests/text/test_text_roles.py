"""Roles: reasons, restraint where the evidence is thin, and what is read off about the article's origin."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from labelled import SEEDS, make_document, make_lines

from toolkit.text.boilerplate import judge
from toolkit.text.credits import is_caption, read_byline
from toolkit.text.datelines import find_date, is_date_line, read_dateline
from toolkit.text.roles import assign, prepare
from toolkit.types import Block, Document

BODY = "Der Bundestag hat am Donnerstag den Haushalt beschlossen. Die Opposition stimmte dagegen."


def roles(*lines: str) -> list[str]:
    return [block.role for block in assign(make_lines("\n".join(lines))).blocks]


def reason(*lines: str, index: int) -> str:
    return assign(make_lines("\n".join(lines))).blocks[index].reason


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Siehe auch\xa0 Messerstecherei in Solingen | Kriminalnachrichten", "points to another article"),
        ("Bleiben Sie mit kostenlosen Updates auf dem Laufenden", "asks to sign up or to subscribe"),
        ("Diese Website verwendet Cookies.", "cookie notice"),
        ("Bitte deaktivieren Sie Ihren Adblocker.", "plea of a page against ad blockers"),
        ("Kommentare (12)", "starts the comments"),
        ("More Stories", "starts a list of other articles"),
        ("Zusatzbericht von Ryan Woo; Herausgegeben von Gareth Jones", "credit"),
        ("© 2024 Tagblatt", "rights notice"),
        ("Unsere Standards: Trust-Prinzipien von Thomson Reuters.", "house standards"),
        ("kanzler.jpg3Fsource3Dnext article26fit3Dscale", "name of a picture file"),
        ("ttn-de-58", "slug"),
        ("5 min read", "reading time"),
        ("Startseite > Politik > Ausland", "path to the page"),
        ("Teilen | Twittern | Drucken", "button or menu entry"),
        ("„Bierfan. Engagierter Popkulturwissenschaftler. Kaffee-Ninja.“", "blurb about the author"),
        ("Alle Nachrichten findest du auf unserem Magazin.", "the site about itself"),
    ],
)
def test_every_kind_of_furniture_has_its_reason(text, expected):
    found = judge(text, "de")
    assert found is not None
    assert found.reason == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ukraine-Krieg",
        "COVID-19",
        "Kein Strom. Kein Wasser. Kein Brot.",
        "Adblocker sind vor Gericht erneut ein Thema, sagte der Richter am Montag.",
        "Melden wollte sich niemand, der Bürgermeister schwieg.",
        "Der Newsletter der Partei ging an 3000 Mitglieder.",
        "Mehr dazu wollte der Minister nicht sagen.",
        "Hier geht es zum Beispiel um Menschen ohne Wohnung.",
        "Die Quelle der Gerüchte ist unbekannt.",
        "Das Foto foto.jpg wurde im Prozess gezeigt.",
        "Comments by the minister angered his party.",
    ],
)
def test_articles_about_such_things_are_left_alone(text):
    assert judge(text, "de") is None


def test_the_title_is_the_first_full_headline_and_its_copies_are_set_aside():
    lines = (
        "Putin und Xi schließen sich zusammen",
        "Putin und Xi schließen sich",
        "Putin und Xi schließen sich zusammen",
        BODY,
    )
    assert roles(*lines) == ["title", "boilerplate", "boilerplate", "paragraph"]
    assert reason(*lines, index=1) == "repeats the title"


def test_a_lead_that_begins_like_the_title_stays():
    assert (
        roles("Putin trifft Xi in Peking", "Putin trifft Xi in Peking am Donnerstag, wie der Kreml mitteilte.", BODY)[1]
        == "paragraph"
    )


def test_a_title_marked_by_the_reader_stands():
    document = make_document([("Wetter", "title"), ("Ein schöner Tag in Berlin", "paragraph"), (BODY, "paragraph")])
    assert assign(document).blocks[0].role == "title"


def test_an_article_goes_on_after_a_list_of_links_and_keeps_its_heading():
    lines = (
        "Streit um Haushalt geht weiter",
        BODY,
        "Mehr zum Thema",
        "Kritik am Etat",
        "Kritik der Länder",
        BODY,
        BODY,
        BODY,
    )
    assert roles(*lines)[2:6] == ["boilerplate", "boilerplate", "heading", "paragraph"]


def test_a_comments_link_above_the_article_takes_nothing_with_it():
    assert roles("Streit um Haushalt geht weiter", "Kommentare", BODY, BODY)[1:] == [
        "boilerplate",
        "paragraph",
        "paragraph",
    ]


def test_lines_without_any_running_text_are_left_alone():
    assert roles("Milch", "Brot und Butter", "Käse") == ["paragraph"] * 3


def test_a_question_between_paragraphs_is_no_heading():
    assert roles("Streit um Haushalt geht weiter", BODY, "Wie soll das gehen?", BODY)[2] == "paragraph"


def test_subtitles_are_not_judged():
    document = Document("a.srt", "srt", b"", (Block("b0", "Teilen"),))
    assert assign(document) is document


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.stem[:3])
def test_judging_twice_changes_nothing(path):
    once = assign(make_lines(path.read_text(encoding="utf-8")))
    assert assign(once) == once


@given(
    st.lists(
        st.one_of(
            st.text(max_size=60), st.sampled_from([BODY, "More Stories", "Teilen", "Kommentare", "Von Anna Müller"])
        )
    )
)
@settings(deadline=None, max_examples=80)
def test_only_role_reason_and_segments_change(texts):
    """Any blocks: same number, same ids, same words, confidence a probability, a reason for each new role."""
    document = make_document([(text, "paragraph") for text in texts])
    judged = prepare(document)
    assert [(block.id, block.text) for block in judged.blocks] == [(block.id, block.text) for block in document.blocks]
    assert all(0 <= block.confidence <= 1 for block in judged.blocks)
    assert all(block.reason or block.role == "paragraph" for block in judged.blocks)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("November 8, 2024", "2024-11-08"),
        ("8. Nov. 2024", "2024-11-08"),
        ("08.11.2024, 14:30 Uhr", "2024-11-08"),
        ("2024-11-08T09:00", "2024-11-08"),
        ("3rd March 2022", "2022-03-03"),
        ("15. Dezember", "--12-15"),
        ("30.02.2024", ""),
        ("Dezember", ""),
        ("", ""),
    ],
)
def test_dates(text, expected):
    assert find_date(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Mittwoch, 8. Mai 2024",
        "Stand: 05.07.2024, 18:12 Uhr",
        "Published March 3, 2022",
        "Berlin, 8. Mai 2024",
        "Updated: 2024-01-02",
    ],
)
def test_date_lines(text):
    assert is_date_line(text)


@pytest.mark.parametrize("text", ["", "Am 8. Mai 2024 endete der Krieg.", "Mai", "8. Mai 2024: Ende"])
def test_what_only_holds_a_date_is_no_date_line(text):
    assert not is_date_line(text)


@pytest.mark.parametrize(
    ("text", "place", "date", "agencies"),
    [
        ("MOSKAU, 15. Dezember (Reuters) – Die Präsidenten", "Moskau", "--12-15", ("Reuters",)),
        ("GENF (dpa) - Die Gespräche", "Genf", "", ("dpa",)),
        ("Berlin/Kiew (dpa/AFP) – Der Kanzler", "Berlin/Kiew", "", ("dpa", "AFP")),
        ("LONDON, March 3 (Reuters) - Lawmakers", "London", "--03-03", ("Reuters",)),
        ("Peking – Der Präsident", "Peking", "", ()),
    ],
)
def test_datelines(text, place, date, agencies):
    found = read_dateline(text)
    assert found is not None
    assert (found.place, found.date, found.agencies) == (place, date, agencies)


@pytest.mark.parametrize("text", ["", "Er kam – Sie ging", "Die Regierung sagte – Trotz allem", "MOSKAU war kalt"])
def test_no_dateline(text):
    assert read_dateline(text) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Von Petra Lindner, Berlin", ("Petra Lindner",)),
        ("By Jane Miller and Tom Reed", ("Jane Miller", "Tom Reed")),
        ("Ein Gastbeitrag von Karl von Ossietzky", ("Karl von Ossietzky",)),
        ("Von Anna Müller | 12.03.2023, 14:30 Uhr", ("Anna Müller",)),
        ("Von Moskau nach Peking", ()),
        ("Von Anna", ()),
        ("Von Petra Lindner kam kein Wort.", ()),
    ],
)
def test_bylines(text, names):
    assert read_byline(text) == names


def test_captions():
    assert is_caption("Bild: Werk in Leipzig (Archivfoto)")
    assert is_caption("Der Hafen am Morgen. (Foto: Ole Berg/dpa)")
    assert not is_caption("Das Bild zeigt den Hafen.")


def metadata(text: str, path: str = "a.txt", **given: object) -> dict[str, object]:
    document = make_lines(text, path)
    return dict(assign(Document(path, "text", b"", document.blocks, metadata=given)).metadata)


def test_a_page_dated_long_after_its_dateline_is_a_conflict():
    found = metadata((SEEDS / "002_16f8a168350e8805.txt").read_text(encoding="utf-8"))
    assert (found["date"], found["date_source"], found["agency"]) == ("2024-11-08", "header", "Reuters")
    assert found["conflicts"] == ("the header says 2024-11-08, the dateline “MOSKAU, 15. Dezember (Reuters)”",)


def test_a_page_dated_the_day_after_its_dateline_is_none():
    found = metadata(f"Streit um Haushalt geht weiter\n1. Januar 2022\nBERLIN, 31. Dezember (dpa) – {BODY}")
    assert (found["date"], "conflicts" in found) == ("2022-01-01", False)


def test_what_the_reader_found_is_kept():
    found = metadata(
        f"Streit um Haushalt\n3. Mai 2022\n{BODY}",
        date="2020-01-01",
        date_source="meta",
        title="Anders",
        author="Eva Roth",
    )
    assert (found["date"], found["date_source"], found["title"], found["authors"]) == (
        "2020-01-01",
        "meta",
        "Anders",
        ("Eva Roth",),
    )


@pytest.mark.parametrize(
    ("path", "date", "source"),
    [
        ("2024-05-16_putin.txt", "2024-05-16", "file name"),
        ("20240516.txt", "2024-05-16", "file name"),
        ("8c1793af080bb79d.txt", None, "none"),
    ],
)
def test_the_file_name_is_the_last_resort(path, date, source):
    found = metadata(BODY, path)
    assert (found.get("date"), found["date_source"]) == (date, source)


def test_each_article_of_a_file_is_described():
    blocks = (Block("b0", BODY), Block("b1", "3. Mai 2022", article=1), Block("b2", BODY, article=1))
    document = Document("a.jsonl", "jsonl", b"", blocks, metadata={"articles": [{"outlet": "Tagblatt"}, {}], "kept": 1})
    found = assign(document).metadata
    assert found["articles"] == (
        {"outlet": "Tagblatt", "date_source": "none"},
        {"date": "2022-05-03", "date_source": "header"},
    )
    assert found["kept"] == 1


def test_a_document_without_blocks():
    assert assign(make_document([])).metadata == {"date_source": "none"}
