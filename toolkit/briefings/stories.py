"""Which articles tell of one event.

Each article is a vector of word stems in each of its two languages, weighted by how rare a stem is in news at large and
in this set of articles, by whether it is a name or a number, and by whether it stands in the opening. Two articles are
as similar as the mean cosine of their two sides, less what `toolkit.briefings.events` holds against it. Average linkage
makes groups of them. Names alone do not make a story: what stands in every article of the set weighs half.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from toolkit.briefings.background import background
from toolkit.briefings.clustering import average_linkage
from toolkit.briefings.events import conflict, read_cues
from toolkit.briefings.reading import LEAD_SENTENCES, Article
from toolkit.briefings.types import Duplicate
from toolkit.text import words

THRESHOLD = 0.2
"""Mean similarity from which two groups are one story: best on half of the ECB+ topics, see docs/briefings.md."""
BATCH_SHARE = 0.5
"""How far a stem's weight falls when every article of the set has it: 0 not at all, 1 to nothing."""
NAME_WEIGHT = 1.5
NUMBER_WEIGHT = 1.5
OPENING_SENTENCES = 2
"""Sentences (the headline is one) whose words count twice."""

_NAME = re.compile(r"(?<=[\w,;’'”“\"–-] )[^\W\d_a-zäöüß][\w-]+")
"""A capitalised word inside a sentence: a name in English, a name or another noun in German."""

Vector = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class View:
    """What clustering sees of an article: its sentences in each language, headline and opening first, and its date."""

    sentences: Mapping[str, Sequence[str]]
    published: str = ""


def view(article: Article) -> View:
    """The view of an article in its two languages."""
    sides = dict.fromkeys((article.language, article.translated.language))
    return View({language: article.texts(language) for language in sides}, article.date)


def cluster(views: Sequence[View], threshold: float = THRESHOLD) -> list[list[int]]:
    """Group articles by event; groups and their members keep the order of the input.

    >>> quake = View({"en": ["An earthquake of magnitude 6.1 struck Aceh on Tuesday.", "Aceh mourns 22 people."]})
    >>> again = View({"en": ["Aceh earthquake kills 22.", "The magnitude 6.1 earthquake struck Aceh on Tuesday."]})
    >>> vote = View({"en": ["Parliament elects a speaker.", "Members voted by 310 to 290 for the speaker."]})
    >>> cluster([quake, vote, again])
    [[0, 2], [1]]
    """
    return average_linkage(len(views), similarities(views), threshold)


def similarities(views: Sequence[View]) -> dict[tuple[int, int], float]:
    """Similarity (0–1) of all pairs that share a word, conflicts between their events taken into account."""
    languages = sorted({language for each in views for language in each.sentences})
    totals: dict[tuple[int, int], float] = defaultdict(float)
    for language in languages:
        vectors = vectorize([each.sentences.get(language, ()) for each in views], language)
        for pair, cosine in cosines(vectors).items():
            totals[pair] += cosine / len(languages)
    cues = [read_cues(_opening(each), each.published) for each in views]
    return {pair: total * conflict(cues[pair[0]], cues[pair[1]]) for pair, total in totals.items()}


def _opening(each: View) -> str:
    """The opening in the language in which it was written (the first of the view)."""
    return " ".join(next(iter(each.sentences.values()), ())[: LEAD_SENTENCES + 1])


def vectorize(texts: Sequence[Sequence[str]], language: str) -> list[Vector]:
    """Weighted stems of each text (its sentences), as vectors of length 1; an empty text has an empty vector."""
    counts = [_counts(sentences, language) for sentences in texts]
    holders = Counter(stem for count in counts for stem in count)
    table, size = background(language), len(texts)
    vectors: list[Vector] = []
    for sentences, count in zip(texts, counts, strict=True):
        names = {stem for sentence in sentences for name in _NAME.findall(sentence) for stem in stems(name, language)}
        vector = {
            stem: (1 + math.log(number)) * table.idf(stem) * _rarity(holders[stem], size) * _kind_weight(stem, names)
            for stem, number in count.items()
        }
        length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
        vectors.append({stem: weight / length for stem, weight in vector.items()})
    return vectors


def stems(text: str, language: str) -> list[str]:
    """Stems of the words of *text* that are not stop words."""
    lowered = (word.lower() for word in words.tokenize(text, language))
    stop = words.stop_words(language)
    return [words.stem(word, language) for word in lowered if word not in stop]


def _counts(sentences: Sequence[str], language: str) -> Counter[str]:
    count: Counter[str] = Counter()
    for index, sentence in enumerate(sentences):
        found = stems(sentence, language)
        count.update(found * 2 if index < OPENING_SENTENCES else found)
    return count


def _rarity(holders: int, size: int) -> float:
    """1 for a stem of one article alone, down to ``1 - BATCH_SHARE`` for one that all articles of the set have."""
    return 1 - BATCH_SHARE + BATCH_SHARE * math.log((size + 1) / holders) / math.log(size + 1)


def _kind_weight(stem: str, names: set[str]) -> float:
    return (NAME_WEIGHT if stem in names else 1.0) * (NUMBER_WEIGHT if stem.isdigit() else 1.0)


def cosines(vectors: Sequence[Vector]) -> dict[tuple[int, int], float]:
    """Cosine of all pairs of vectors that share a stem, through an inverted index."""
    index: dict[str, list[tuple[int, float]]] = defaultdict(list)
    cosines: dict[tuple[int, int], float] = defaultdict(float)
    for number, vector in enumerate(vectors):
        for stem, weight in vector.items():
            for earlier, other in index[stem]:
                cosines[earlier, number] += weight * other
            index[stem].append((number, weight))
    return cosines


def group(articles: Sequence[Article], duplicates: Sequence[Duplicate] = ()) -> list[list[Article]]:
    """Articles by story. Duplicates are left out of the comparison and follow the article they repeat.

    In each story the article closest to all others comes first; stories with more independent articles come first,
    then those with the latest article, then in the order of the input.
    """
    original = {duplicate.article: duplicate.of for duplicate in duplicates}
    kept = [article for article in articles if article.id not in original]
    views = [view(article) for article in kept]
    table = similarities(views)
    stories = []
    for members in average_linkage(len(kept), table, THRESHOLD):
        ordered = [kept[index] for index in _by_centrality(members, table)]
        own = {article.id for article in ordered}
        repeats = [article for article in articles if original.get(article.id) in own]
        stories.append((ordered, repeats))
    stories.sort(key=lambda story: max(article.date for article in story[0]), reverse=True)
    stories.sort(key=lambda story: len(story[0]), reverse=True)
    return [ordered + repeats for ordered, repeats in stories]


def _by_centrality(members: Sequence[int], table: Mapping[tuple[int, int], float]) -> list[int]:
    def closeness(index: int) -> float:
        return sum(table.get((min(index, other), max(index, other)), 0.0) for other in members if other != index)

    return sorted(members, key=lambda index: (-closeness(index), index))
