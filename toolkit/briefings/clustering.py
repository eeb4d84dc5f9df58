"""Average-linkage clustering of a sparse similarity table: knows numbers, nothing of articles."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Mapping

Similarities = Mapping[tuple[int, int], float]
"""Similarity of item ``i`` and item ``j``, for ``i < j``; pairs that are left out have none (0)."""


def average_linkage(count: int, similarities: Similarities, threshold: float) -> list[list[int]]:
    """Merge the two most similar groups, again and again, while their mean similarity reaches *threshold*.

    Groups come in the order of their first item, items in ascending order; ties go to the earlier items.

    >>> average_linkage(4, {(0, 1): 0.9, (2, 3): 0.3, (1, 2): 0.1}, 0.25)
    [[0, 1], [2, 3]]
    """
    groups = {index: [index] for index in range(count)}
    sums: dict[int, dict[int, float]] = defaultdict(dict)
    for (first, second), value in similarities.items():
        sums[first][second] = sums[second][first] = value
    queue = [(-value, *pair) for pair, value in similarities.items() if value >= threshold]
    heapq.heapify(queue)
    merged = count - 1
    while queue:
        _, first, second = heapq.heappop(queue)
        if first in groups and second in groups:
            merged += 1
            _merge(groups, sums, first, second, merged)
            for other, total in sums[merged].items():
                mean = total / (len(groups[merged]) * len(groups[other]))
                if mean >= threshold:
                    heapq.heappush(queue, (-mean, other, merged))
    return sorted(sorted(group) for group in groups.values())


def _merge(
    groups: dict[int, list[int]], sums: dict[int, dict[int, float]], first: int, second: int, merged: int
) -> None:
    """Replace two groups by one; similarities to the others add up (the mean is taken when they are compared)."""
    groups[merged] = groups.pop(first) + groups.pop(second)
    left, right = sums.pop(first), sums.pop(second)
    for other in sorted((left.keys() | right.keys()) & groups.keys()):
        total = left.get(other, 0.0) + right.get(other, 0.0)
        sums[merged][other] = sums[other][merged] = total
        sums[other].pop(first, None)
        sums[other].pop(second, None)
