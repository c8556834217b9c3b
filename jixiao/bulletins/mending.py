"""Where do the references stand in a text that somebody edited as printed?

What was printed for a reference and still stands in its place is the reference again; where other
words were typed instead, a person decides. Everything is read off one comparison of characters.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from jixiao.bulletins.facts import Piece

MOST_WORK = 400_000
"""Pairs of like characters that are compared; more is a text made to stall the page."""
FIGURE = re.compile(
    r"[−-]?\d+(?:\.\d+)?%?|[一二三四五六七八九十百千零〇两]+(?=[个家次项件名人条类分])"
)
OPEN, CLOSE = "[[", "]]"
KEEP, TYPED = "keep", "typed"
"""What can be decided about a reference in whose place other words stand."""


@dataclass(frozen=True)
class Lost:
    """A reference in whose place other words were typed; nothing where it was only deleted."""

    key: str
    reference: str
    value: str
    typed: str


Part = str | Lost
"""A stretch of template text, or a place where a decision is open."""


@dataclass(frozen=True)
class Anchor:
    """What belongs to a stretch of the new text."""

    start: int
    end: int
    part: Part


def mended(pieces: Sequence[Piece], new: str, *, key: str) -> tuple[Part, ...]:
    """The new text as template text; ``key`` makes the keys of open decisions."""
    old = "".join(piece.said for piece in pieces)
    if new == old:
        return ("".join(piece.written for piece in pieces),)
    anchors = _without_empty_stretches(list(_anchors(pieces, _Trace(old, new), key)))
    return tuple(_joined(_between(anchors, new)))


def written(parts: Iterable[Part], choices: Mapping[str, str]) -> str:
    """The template text, once everything in it is decided."""
    said = [
        part
        if isinstance(part, str)
        else part.reference
        if choices[part.key] == KEEP
        else part.typed
        for part in parts
    ]
    # A stretch in which no reference is left has no reason to be left out.
    return re.sub(r"\[\[([^\[\]{}]*)\]\]", r"\1", "".join(said))


def shown(parts: Iterable[Part]) -> str:
    """As it would read with the typed words."""
    return "".join(part if isinstance(part, str) else part.typed for part in parts)


class _Trace:
    """Which characters of the old text are which in the new one."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        self.pairs = list(_pairs(old, new))
        self.olds = [a for a, _ in self.pairs]

    def left(self, at: int) -> int:
        """Where in the new text what stood before this place ends."""
        index = bisect_left(self.olds, at)
        return self.pairs[index - 1][1] + 1 if index else 0

    def right(self, at: int) -> int:
        """Where in the new text what stood from this place on begins."""
        index = bisect_left(self.olds, at)
        return self.pairs[index][1] if index < len(self.pairs) else len(self.new)

    def whole(self, start: int, end: int) -> tuple[int, int] | None:
        """Where this stretch stands unchanged; figures may not have grown at an end."""
        first, last = bisect_left(self.olds, start), bisect_right(self.olds, end - 1)
        if last - first != end - start:
            return None
        began, ended = self.pairs[first][1], self.pairs[last - 1][1] + 1
        if ended - began != end - start or self._has_grown((start, end), (began, ended)):
            return None
        return began, ended

    def _has_grown(self, old: tuple[int, int], new: tuple[int, int]) -> bool:
        before = self.new[new[0] - 1 : new[0]], self.old[max(old[0] - 1, 0) : old[0]]
        after = self.new[new[1] : new[1] + 1], self.old[old[1] : old[1] + 1]
        at_start = self.new[new[0]].isdigit() and before[0] != before[1] and _is_figure(before[0])
        at_end = self.new[new[1] - 1].isdigit() and after[0] != after[1] and _is_figure(after[0])
        return at_start or at_end


def _is_figure(char: str) -> bool:
    return char.isdigit() or char == "."


def _pairs(old: str, new: str) -> Iterator[tuple[int, int]]:
    """Equal characters in order: the common start and end, and between them the longest runs."""
    short = min(len(old), len(new))
    head = next((i for i in range(short) if old[i] != new[i]), short)
    rest = short - head
    tail = next((i for i in range(rest) if old[-1 - i] != new[-1 - i]), rest)
    yield from ((i, i) for i in range(head))
    a, b = old[head : len(old) - tail], new[head : len(new) - tail]
    often = Counter(b)
    if sum(count * often[char] for char, count in Counter(a).items()) <= MOST_WORK:
        for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks():
            yield from ((head + block.a + i, head + block.b + i) for i in range(block.size))
    yield from ((len(old) - i, len(new) - i) for i in range(tail, 0, -1))


def _anchors(pieces: Sequence[Piece], trace: _Trace, key: str) -> Iterator[Anchor]:
    at = taken = 0
    for number, piece in enumerate(pieces):
        end = at + len(piece.said)
        found = None
        if piece.is_reference:
            found = _reference(piece, trace, (at, end), f"{key}.{number}")
        elif not piece.said and piece.written:
            place = trace.right(at) if piece.written == OPEN else trace.left(at)
            found = Anchor(place, place, piece.written)
        if found is not None:
            start = max(found.start, taken)
            taken = max(found.end, start)
            yield Anchor(start, taken, found.part)
        at = end


def _reference(piece: Piece, trace: _Trace, span: tuple[int, int], key: str) -> Anchor:
    if place := trace.whole(*span):
        return Anchor(*place, piece.written)
    start, end = trace.left(span[0]), trace.right(span[1])
    region = trace.new[start:end]
    if FIGURE.fullmatch(piece.said):
        # Of rewritten words only the figure stands in the reference's place.
        figures = list(FIGURE.finditer(region))
        if not figures:
            end = start
        elif len(figures) == 1:
            start, end = start + figures[0].start(), start + figures[0].end()
    return Anchor(start, end, Lost(key, piece.written, piece.said, trace.new[start:end]))


def _without_empty_stretches(anchors: list[Anchor]) -> list[Anchor]:
    """Without the brackets of a stretch that was deleted, or that nothing holds together any more."""
    kept: list[Anchor] = []
    opened: int | None = None
    for anchor in anchors:
        if anchor.part == OPEN:
            opened = len(kept)
        if anchor.part == CLOSE:
            if opened is None:
                continue
            if kept[opened].start >= anchor.start and len(kept) == opened + 1:
                kept.pop()
                opened = None
                continue
            opened = None
        kept.append(anchor)
    return kept


def _between(anchors: Sequence[Anchor], new: str) -> Iterator[Part]:
    at = 0
    for anchor in anchors:
        if anchor.start > at:
            yield new[at : anchor.start]
        yield _settled(anchor, new)
        at = max(at, anchor.end)
    if at < len(new):
        yield new[at:]


def _settled(anchor: Anchor, new: str) -> Part:
    """Where the place had to give way to another reference, less is typed."""
    part = anchor.part
    if isinstance(part, Lost):
        return Lost(part.key, part.reference, part.value, new[anchor.start : anchor.end])
    return part


def _joined(parts: Iterable[Part]) -> Iterator[Part]:
    """Neighbouring stretches of text as one."""
    text = ""
    for part in parts:
        if isinstance(part, str):
            text += part
            continue
        if text:
            yield text
        text = ""
        yield part
    if text:
        yield text


def split_lines(parts: Iterable[Part]) -> list[tuple[Part, ...]]:
    """The parts of each line of a text."""
    lines: list[list[Part]] = [[]]
    for part in parts:
        first, *more = part.split("\n") if isinstance(part, str) else [part]
        if first:
            lines[-1].append(first)
        lines += [[each] if each else [] for each in more]
    return [tuple(line) for line in lines]
