"""Which paragraph of the edited file is which paragraph of the one that was sent out?

First by hidden bookmarks, then by the same words, then by likeness between known neighbours.
"""

import unicodedata
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from jixiao.gongwen.reading import ReadParagraph

ALIKE = 0.5
"""Share of like characters from which on a paragraph is the other one, rewritten."""
MOST_COMPARED = 20_000
PREFIX = "_jx"
UNSEEN = frozenset({"Cc", "Cf", "Cs"})
"""Kinds of characters that no document may hold."""


@dataclass(frozen=True)
class Alignment:
    """Pairs of places: sent → back; and further sent paragraphs that were joined to one of them."""

    pairs: Mapping[int, int]
    joined: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """Sent → sent ones that now stand on its line."""
    moved: frozenset[int] = frozenset()
    """Sent ones that stand in another order."""


def lines_of(blocks: Sequence[object]) -> tuple[ReadParagraph, ...]:
    """The paragraphs that say something, without signs that nobody sees."""
    read = (each for each in blocks if isinstance(each, ReadParagraph))
    cleaned = (replace(each, text=_visible(each.text)) for each in read)
    return tuple(each for each in cleaned if each.text.strip())


def _visible(text: str) -> str:
    spaced = text.replace("\t", "　")
    return "".join(c for c in spaced if c == "\n" or unicodedata.category(c) not in UNSEEN)


def aligned(sent: Sequence[ReadParagraph], back: Sequence[ReadParagraph]) -> Alignment:
    """Each paragraph at most once on either side."""
    pairs, joined = _by_marks(sent, back)
    _by_text(sent, back, pairs, {each for more in joined.values() for each in more})
    _by_likeness(sent, back, pairs, {each for more in joined.values() for each in more})
    return Alignment(pairs, joined, frozenset(_out_of_order(pairs)))


def _by_marks(
    sent: Sequence[ReadParagraph], back: Sequence[ReadParagraph]
) -> tuple[dict[int, int], dict[int, tuple[int, ...]]]:
    known = {
        mark: at for at, each in enumerate(sent) for mark in each.marks if mark.startswith(PREFIX)
    }
    pairs: dict[int, int] = {}
    joined: dict[int, tuple[int, ...]] = {}
    for place, line in enumerate(back):
        there = [known.pop(mark) for mark in line.marks if mark in known]
        if there:
            pairs[there[0]] = place
        if there[1:]:
            joined[there[0]] = tuple(there[1:])
    return pairs, joined


def _by_text(
    sent: Sequence[ReadParagraph],
    back: Sequence[ReadParagraph],
    pairs: dict[int, int],
    done: set[int],
) -> None:
    free: dict[str, deque[int]] = defaultdict(deque)
    taken = set(pairs.values())
    for place, line in enumerate(back):
        if place not in taken:
            free[line.text].append(place)
    for at, line in enumerate(sent):
        if at not in pairs and at not in done and free[line.text]:
            pairs[at] = free[line.text].popleft()


def _by_likeness(
    sent: Sequence[ReadParagraph],
    back: Sequence[ReadParagraph],
    pairs: dict[int, int],
    done: set[int],
) -> None:
    left = MOST_COMPARED
    for at, line in enumerate(sent):
        if at in pairs or at in done:
            continue
        taken = set(pairs.values())
        gap = [place for place in _gap(at, pairs, len(back)) if place not in taken][:left]
        left -= len(gap)
        best = max(gap, key=lambda place: likeness(line.text, back[place].text), default=None)
        if best is not None and likeness(line.text, back[best].text) >= ALIKE:
            pairs[at] = best


def _gap(at: int, pairs: Mapping[int, int], end: int) -> range:
    """The places between the nearest neighbours that are known."""
    before = max((known for known in pairs if known < at), default=None)
    after = min((known for known in pairs if known > at), default=None)
    start = 0 if before is None else pairs[before] + 1
    return range(start, end if after is None else pairs[after])


def likeness(one: str, other: str) -> float:
    """The share of characters that both have, in whatever order."""
    common = sum((Counter(one) & Counter(other)).values())
    return 2 * common / (len(one) + len(other) or 1)


def _out_of_order(pairs: Mapping[int, int]) -> Iterator[int]:
    """The fewest that have to be moved for the rest to stand in the old order."""
    order = sorted(pairs, key=pairs.__getitem__)
    best: list[tuple[int, int]] = []  # length of the longest run that ends here, where it came from
    for place, at in enumerate(order):
        runs = [(best[i][0], i) for i in range(place) if order[i] < at]
        length, came = max(runs, default=(0, -1))
        best.append((length + 1, came))
    here = max(range(len(order)), key=lambda i: best[i][0], default=-1)
    stays = set()
    while here >= 0:
        stays.add(order[here])
        here = best[here][1]
    yield from (at for at in order if at not in stays)
