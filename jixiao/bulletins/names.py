"""Is a name in a sentence a listed unit under another or misspelt name?"""

import re
from collections.abc import Iterable

from jixiao.bulletins.rolls import TAIL, tidy

_PAIRS = 300_000  # comparisons at most: a hostile text may not stall the page
_CLAUSE = re.compile(r"[，,。；;：:！？!?“”《》\t]")
_JOINT = re.compile(rf"、|(?<=[{TAIL}])(?:以及|[和及与])")
_LONGEST = 12  # characters of a name in a sentence
_MOST = 500  # listed units whose short forms are looked for


def resembles(one: str, other: str) -> bool:
    """Whether two names differ as a slip or a short form does.

    One character replaced, characters swapped, or one name left over when characters of the
    other are dropped (信用社, 信用联社).
    """
    short, long = sorted((one, other), key=len)
    if len(short) == len(long):
        wrong = sum(a != b for a, b in zip(short, long, strict=True))
        return len(short) > 2 and (wrong == 1 or (wrong > 1 and sorted(short) == sorted(long)))
    rest = iter(long)
    if len(short) < 2 or not all(char in rest for char in short):
        return False
    ends_kept = (short[0], short[-1]) == (long[0], long[-1])
    return ends_kept or len(short) > 2 or len(long) == 3


def pairs(names: Iterable[str], others: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Names paired with the other they resemble, each used once, one-character slips first."""
    left, right = list(names), list(others)
    tried = [(a, b) for a in left[: _PAIRS // (len(right) or 1)] for b in right if resembles(a, b)]
    found: dict[str, str] = {}
    for a, b in sorted(tried, key=lambda p: abs(len(p[0]) - len(p[1]))):
        if a not in found and b not in found.values():
            found[a] = b
    return tuple(found.items())


def strangers(lines: list[str], known: set[str]) -> dict[tuple[str, str], list[int]]:
    """(name as written, listed unit it resembles) → lines, for names that no list has.

    Read from runs (enumerations with 、, at least half of them listed) and, anywhere, short forms
    of longer names (信用社 for a listed 信用联社).
    """
    found: dict[tuple[str, str], list[int]] = {}
    seen: dict[str, str] = {}
    short = _short_forms(known)
    sizes = {len(form) for form in short}
    for number, line in enumerate(lines, 1):
        text = tidy(line)
        spots = (text[i : i + size] for size in sizes for i in range(len(text)))
        odd = [(spot, short[spot]) for spot in spots if spot in short]
        for clause in _CLAUSE.split(text) if "、" in text else ():
            odd.extend(_odd(_JOINT.split(clause), known, seen))
        for pair in dict.fromkeys(odd):
            found.setdefault(pair, []).append(number)
    return found


def _short_forms(known: set[str]) -> dict[str, str]:
    """Each name of four or more characters less one inner character, unless that is listed."""
    if len(known) > _MOST:
        return {}
    forms = {
        name[:i] + name[i + 1 :]: name
        for name in known
        if len(name) > 3 and name[-1] in TAIL.replace("区", "")
        for i in range(1, len(name) - 1)
    }
    return {form: name for form, name in forms.items() if not any(form in k for k in known)}


def _odd(pieces: list[str], known: set[str], seen: dict[str, str]) -> list[tuple[str, str]]:
    """The unlisted members of a run and what they resemble; nothing when few are listed."""
    last = len(pieces) - 1
    read = [_windows(piece, first=i == 0, last=i == last) for i, piece in enumerate(pieces)]
    unlisted = [windows for windows in read if known.isdisjoint(windows)]
    if last < 1 or len(unlisted) * 2 > len(pieces):
        return []
    return [pair for windows in unlisted if (pair := _closest(windows, known, seen))]


def _windows(piece: str, *, first: bool, last: bool) -> tuple[str, ...]:
    """What may be the name in a piece: prose may come before the first and after the last."""
    if "等" in piece[1:]:
        return (piece[: piece.index("等", 1)],)
    sizes = range(min(len(piece), _LONGEST), 1, -1) if first or last else ()
    return tuple(piece[-n:] if first else piece[:n] for n in sizes) or (piece,)


def _closest(
    windows: tuple[str, ...], known: set[str], seen: dict[str, str]
) -> tuple[str, str] | None:
    """The window that most resembles a listed unit, with that unit."""
    for window in windows:
        if window not in seen and len(window) <= _LONGEST and len(seen) * len(known) < _PAIRS:
            alike = [name for name in sorted(known) if resembles(window, name)]
            seen[window] = max(alike, key=lambda name: _fit(window, name), default="")
    close = [(w, unit) for w in windows if (unit := seen.get(w, ""))]
    close = [
        (w, unit)
        for w, unit in close
        if w == windows[0] or (w[-1] in TAIL + unit[-1] and _fit(w, unit)[0])
    ]
    return max(close, key=lambda pair: _fit(*pair), default=None)


def _fit(window: str, name: str) -> tuple[bool, bool, int]:
    ends_kept = (window[0], window[-1]) == (name[0], name[-1])
    return ends_kept or len(window) == len(name), ends_kept, -abs(len(window) - len(name))
