"""What in a unit's report does not fit what the platform knows already? Plain data in, sentences out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from jixiao.appraisals.states import MONTHS, Subject

FEW = 3
"""Of so few nothing can be said about how they were told apart."""


@dataclass(frozen=True)
class Line:
    """One kind of subjects as reported; grades from the best to the worst."""

    kind: Subject
    due: int
    done: int
    grades: tuple[int, int, int, int]


@dataclass(frozen=True)
class Told:
    """A unit's report of a quarter."""

    lines: tuple[Line, ...]
    months: int = MONTHS
    problems: str = ""
    measures: str = ""
    note: str = ""


@dataclass(frozen=True)
class Known:
    """What the platform knows of the unit in that quarter without asking."""

    due: Mapping[Subject, int] = field(default_factory=dict)
    """On the quarter's last day, from the county's books."""
    due_on_site: int | None = None
    done_on_site: int | None = None
    """What assessors recorded about sections in the quarter."""
    findings: int = 0
    """Findings told to the unit in the quarter."""


def faults(told: Told) -> tuple[str, ...]:
    """What cannot be so at all; every line at once."""
    return tuple(_faults(told))


def _faults(told: Told) -> Iterator[str]:
    for line in told.lines:
        name = line.kind.label
        if line.done > line.due:
            yield f"{name}：已评{line.done}个，多于应评{line.due}个"
        elif sum(line.grades) != line.done:
            yield f"{name}：四档合计{sum(line.grades)}个，与已评{line.done}个不符"
    if told.problems.strip() and not told.measures.strip():
        yield "发现了问题，请写明怎么改"


def contradictions(told: Told, known: Known) -> tuple[str, ...]:
    """What differs from what is known; a person looks at it, nothing is decided by it."""
    return (*_of_lines(told, known), *_of_site(told, known), *_of_words(told, known))


def _of_lines(told: Told, known: Known) -> Iterator[str]:
    for line in told.lines:
        there = known.due.get(line.kind, line.due)
        if line.due != there:
            yield f"{line.kind.label}应评报{line.due}个，机构库是{there}个"
        if line.done > FEW and line.grades[0] == line.done:
            yield f"{line.kind.label}{line.done}个全部评为“好”，没有拉开"


def _of_site(told: Told, known: Known) -> Iterator[str]:
    sections = next((each for each in told.lines if each.kind == Subject.SECTIONS), None)
    if sections is None:
        return
    pairs = (("应评", sections.due, known.due_on_site), ("已评", sections.done, known.done_on_site))
    for words, said, seen in pairs:
        if seen is not None and said != seen:
            yield f"职能科室{words}报{said}个，现场记录是{seen}个"


def _of_words(told: Told, known: Known) -> Iterator[str]:
    if known.findings and not told.problems.strip():
        yield f"没有报问题，本季评估反馈了{known.findings}个问题"
    if told.months < MONTHS and all(line.done == line.due for line in told.lines):
        yield f"全部评完，但只有{told.months}个月自查公示"
