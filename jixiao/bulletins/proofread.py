"""Do the unit lists, names and numbers of a bulletin agree with one another (核稿)?"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, replace
from enum import StrEnum

from jixiao.bulletins.claims import Claim, read_claims
from jixiao.bulletins.names import pairs, strangers
from jixiao.bulletins.rolls import GRADE, SEALED, Entry, Roll, base, read_rolls
from jixiao.bulletins.standing import Standing

_COPIES = 5  # lists of one label that are compared: bounds the work on a hostile text
_SHOWN = 5  # at most so many missing numbers are spelt out


class Kind(StrEnum):
    """What is wrong."""

    COUNT = "个数不符"
    TOTAL = "总数不符"
    MISSING = "名单不一致"
    REPEATED = "重复列名"
    TWO_TIERS = "一单位两档"
    NUMBERING = "序号有误"
    TWO_NAMES = "一单位两名"


class Severity(StrEnum):
    """Whether the bulletin may go out with it."""

    MUST = "必须改"
    NOTE = "提醒"


@dataclass(frozen=True)
class Finding:
    """One disagreement: a sentence for the writer, the lines (from 1) and words it is about."""

    kind: Kind
    message: str
    lines: tuple[int, ...]
    excerpts: tuple[str, ...]
    severity: Severity = Severity.MUST


def proofread(text: str, *, standing: Standing | None = None) -> tuple[Finding, ...]:
    """Every disagreement within the text, and with the sealed standing where one is given.

    Without a standing the text's own lists are the measure. Never fails on any text.
    """
    lines = re.split(r"\r\n|\r|\n", text)
    reading = read_rolls(lines)
    rolls = (*_sealed(standing), *reading.rolls)
    known = {entry.name for roll in rolls for entry in roll.entries}
    second = dict(_second_names(rolls))
    rolls = tuple(_renamed(roll, second) for roll in rolls)
    labels = {label for roll in rolls for label in roll.labels}
    groups = {entry.group for roll in rolls for entry in roll.entries if entry.group}
    claims = read_claims(lines, labels=labels, groups=groups)
    findings = (
        *(finding for _, finding in second.values()),
        *_repeats(rolls),
        *_misplaced(rolls),
        *_wrong_counts(claims, rolls),
        *_wrong_totals(claims, rolls),
        *_misnumbered(reading.columns),
        *(_stranger(*pair, found) for pair, found in strangers(lines, known).items()),
    )
    return tuple(sorted(findings, key=lambda finding: finding.lines))


def _sealed(standing: Standing | None) -> Iterator[Roll]:
    for tier in standing.tiers if standing else ():
        entries = (Entry(name, 0, group) for group, names in tier.groups for name in names)
        yield Roll(SEALED, (base(tier.name),), 0, tuple(entries))


def _renamed(roll: Roll, second: dict[str, tuple[str, Finding]]) -> Roll:
    entries = (
        replace(entry, name=second[entry.name][0]) if entry.name in second else entry
        for entry in roll.entries
    )
    return replace(roll, entries=tuple(entries))


def _finding(kind: Kind, message: str, *entries: Entry) -> Finding:
    lines = sorted({entry.line for entry in entries if entry.line})
    return Finding(kind, message, tuple(lines), tuple(dict.fromkeys(e.name for e in entries)))


def _counterparts(rolls: tuple[Roll, ...]) -> Iterator[tuple[Roll, Roll]]:
    """Each list with the first of its label; a list of untold columns with the first of each."""
    first: dict[str, Roll] = {}
    times: Counter[tuple[str, ...]] = Counter()
    for roll in rolls:
        if len(roll.labels) == 1:
            first.setdefault(roll.labels[0], roll)
        measures = [first[label] for label in roll.labels if label in first]
        times[roll.labels] += 1
        fits = len(measures) == len(roll.labels) and times[roll.labels] <= _COPIES
        if fits and roll is not measures[0]:
            entries = tuple(entry for measure in measures for entry in measure.entries)
            yield replace(measures[0], labels=roll.labels, entries=entries), roll


def _second_names(rolls: tuple[Roll, ...]) -> Iterator[tuple[str, tuple[str, Finding]]]:
    """Second name → first name and finding, where each place has only one of two like names."""
    at: dict[str, set[str]] = defaultdict(set)
    for roll in rolls:
        at[roll.place].update(entry.name for entry in roll.entries)
    for one, other in _counterparts(rolls):
        here = {e.name: e for e in one.entries if e.name not in at[other.place]}
        there = {e.name: e for e in other.entries if e.name not in at[one.place]}
        for name, twin in pairs(here, there):
            message = (
                f"“{name}”（{one.place}）与“{twin}”（{other.place}）疑为同一单位的两个名称，"
                "请统一为规范名称；确是两个单位的，请在各处名单中补全。"
            )
            yield twin, (name, _finding(Kind.TWO_NAMES, message, here[name], there[twin]))


def _repeats(rolls: tuple[Roll, ...]) -> Iterator[Finding]:
    for roll in rolls:
        for name, times in Counter(entry.name for entry in roll.entries).items():
            if times > 1:
                message = f"“{name}”在{roll.title}中出现{times}次，请删去重复的。"
                same = (entry for entry in roll.entries if entry.name == name)
                yield _finding(Kind.REPEATED, message, *same)


def _tiers(rolls: tuple[Roll, ...]) -> tuple[Roll, ...]:
    """The lists that divide the units: the sealed tiers' and those named by a grade."""
    sealed = {label for roll in rolls if roll.place == SEALED for label in roll.labels}
    graded = {label for roll in rolls for label in roll.labels if GRADE.fullmatch(label)}
    return tuple(roll for roll in rolls if (sealed | graded).issuperset(roll.labels))


def _misplaced(rolls: tuple[Roll, ...]) -> Iterator[Finding]:
    """Units in two tiers; otherwise units that one list has and its counterpart lacks."""
    held: dict[str, dict[str, list[tuple[str, Entry]]]] = defaultdict(lambda: defaultdict(list))
    for roll in _tiers(rolls):
        for entry in roll.entries if len(roll.labels) == 1 else ():
            held[entry.name][roll.labels[0]].append((roll.place, entry))
    torn = {name: tiers for name, tiers in held.items() if len(tiers) > 1}
    for name, tiers in torn.items():
        where = "，".join(
            f"“{label}”（{'、'.join(dict.fromkeys(place for place, _ in found))}）"
            for label, found in tiers.items()
        )
        message = f"“{name}”同时列入{where}，一个单位只能在一档，请核对。"
        entries = (entry for found in tiers.values() for _, entry in found)
        yield _finding(Kind.TWO_TIERS, message, *entries)
    for one, other in _counterparts(rolls):
        yield from _missing(one, other, torn.keys())
        yield from _missing(other, one, torn.keys())


def _missing(having: Roll, lacking: Roll, torn: Set[str]) -> Iterator[Finding]:
    listed = {entry.name for entry in lacking.entries}
    for entry in having.entries:
        if entry.name not in listed and entry.name not in torn:
            message = f"“{entry.name}”列入{having.title}，{lacking.title}中没有，请补上或删去。"
            yield _finding(Kind.MISSING, message, entry, Entry(entry.name, lacking.line))


def _wrong_counts(claims: tuple[Claim, ...], rolls: tuple[Roll, ...]) -> Iterator[Finding]:
    """Numbers of one tier that differ from the list they head, or else from the first list."""
    heading: dict[tuple[str, int], Roll] = {}
    first: dict[tuple[str, bool], Roll] = {}
    for roll in (roll for roll in rolls if len(roll.labels) == 1):
        label = roll.labels[0]
        heading[label, roll.line] = roll
        first.setdefault((label, False), roll)
        if all(entry.group for entry in roll.entries):
            first.setdefault((label, True), roll)
    for claim in claims:
        measure = first.get((claim.label, bool(claim.group)))
        own = heading.get((claim.label, claim.line), measure)
        if claim.group or (measure and measure.place == SEALED):
            own = measure
        if own is not None:
            yield from _differing(claim, _size(own.entries, claim.group), own.title)


def _size(entries: Iterable[Entry], group: str) -> int:
    """Distinct units of a group (县直部门 counts as 部门); of all where group is empty."""
    return len({entry.name for entry in entries if entry.group.endswith(group)})


def _wrong_totals(claims: tuple[Claim, ...], rolls: tuple[Roll, ...]) -> Iterator[Finding]:
    """Numbers of all units, or of a group in all tiers, that differ from the tiers' sum."""
    tiers = tuple(roll for roll in rolls if roll.place == SEALED) or _tiers(rolls)
    labels = {label for roll in rolls for label in roll.labels}
    units: dict[str, Entry] = {}
    for entry in (entry for roll in tiers for entry in roll.entries):
        if not units.get(entry.name, Entry("", 0)).group:
            units[entry.name] = entry
    unlisted = {claim.label: claim.number for claim in claims if claim.label not in {*labels, ""}}
    if len({label for roll in tiers for label in roll.labels} | unlisted.keys()) < 2:
        return
    grouped = not unlisted and all(entry.group for entry in units.values())
    for claim in claims:
        if not claim.label and (grouped or not claim.group):
            size = _size(units.values(), claim.group) + sum(unlisted.values())
            yield from _differing(claim, size, "各档名单合计")


def _differing(claim: Claim, size: int, title: str) -> Iterator[Finding]:
    """The finding, unless the number agrees or may well speak of a part only."""
    may_be_part = not claim.firm and claim.number * 2 <= size
    if claim.number == size or may_be_part or (claim.group and not size):
        return
    kind = Kind.COUNT if claim.label else Kind.TOTAL
    severity = Severity.MUST if claim.firm else Severity.NOTE
    message = f"“{claim.excerpt}”与名单不符：{title}{claim.group}实为{size}个，请核对个数或名单。"
    yield Finding(kind, message, (claim.line,), (claim.excerpt,), severity)


def _misnumbered(columns: tuple[tuple[Entry, ...], ...]) -> Iterator[Finding]:
    """Columns not numbered 1, 2, 3 … (or on from the column before)."""
    before = 0
    for column in filter(None, columns):
        numbers = [entry.number for entry in column]
        start = before + 1 if numbers[0] == before + 1 else 1
        before = numbers[-1]
        if numbers == list(range(start, start + len(numbers))):
            continue
        gaps = sorted(set(range(start, max(numbers) + 1)) - set(numbers))[:_SHOWN]
        twice = [number for number, times in Counter(numbers).items() if times > 1][:_SHOWN]
        faults = [f"缺{'、'.join(map(str, gaps))}"] if gaps else []
        faults += [f"{'、'.join(map(str, twice))}重复"] if twice else []
        message = (
            f"“{column[0].name}”至“{column[-1].name}”一列{column[0].group}的序号"
            f"{'，'.join(faults) or '次序不对'}，请核对是否漏列单位。"
        )
        yield _finding(Kind.NUMBERING, message, *column)


def _stranger(written: str, unit: str, lines: list[int]) -> Finding:
    message = f"“{written}”不在名单中，与“{unit}”相近，疑为笔误或同一单位的另一名称，请核对。"
    return Finding(Kind.TWO_NAMES, message, tuple(lines), (written, unit), Severity.NOTE)
