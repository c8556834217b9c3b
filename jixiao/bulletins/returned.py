"""What did somebody change in an edited bulletin, and what becomes of the template then?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from jixiao.bulletins.mending import KEEP, TYPED, Lost, Part, written
from jixiao.bulletins.template import Paragraph, Template
from jixiao.gongwen.reading import Comment

REFUSE = "refuse"
"""Decided about a change: the template stays as it was there."""
NOTHING: Mapping[str, str] = {}


class Fate(StrEnum):
    """What became of a paragraph."""

    KEPT = "未改"
    CHANGED = "已改"
    ADDED = "新增"
    REMOVED = "删去"


class UndecidedError(Exception):
    """References in whose place words were typed wait for a decision."""

    def __init__(self, lost: Sequence[Lost]) -> None:
        named = "、".join(each.reference for each in lost)
        super().__init__(f"还有引用被手写的内容覆盖，请逐处决定保留引用还是采用手写：{named}")
        self.lost = tuple(lost)


@dataclass(frozen=True)
class Change:
    """One paragraph, title or note: as it was printed, as it came back, and as template text."""

    key: str
    fate: Fate
    before: str
    after: str
    level: str = "0"
    heading: tuple[Part, ...] = ()
    text: tuple[Part, ...] = ()
    at: int | None = None
    """Its place in the template's body, or among the template's notes."""
    moved: bool = False

    @cached_property
    def lost(self) -> tuple[Lost, ...]:
        """References that wait for a decision."""
        return tuple(part for part in (*self.heading, *self.text) if isinstance(part, Lost))

    @property
    def is_quiet(self) -> bool:
        """Whether nothing happened to it."""
        return self.fate is Fate.KEPT and not self.moved

    def paragraph(self, choices: Mapping[str, str]) -> Paragraph:
        """As the template has it from now on."""
        heading, text = written(self.heading, choices), written(self.text, choices)
        return Paragraph.model_validate({"level": self.level, "heading": heading, "text": text})


@dataclass(frozen=True)
class Returned:
    """Everything that came back, in the order of the edited file; removed ones where they stood."""

    title: Change
    recipients: Change
    body: tuple[Change, ...]
    annex_title: Change | None = None
    notes: tuple[Change, ...] = ()
    comments: tuple[Comment, ...] = ()
    tracked: int = 0
    remarks: tuple[str, ...] = ()
    """What was changed elsewhere and is not taken over, and what to do instead."""

    @property
    def everything(self) -> tuple[Change, ...]:
        """All changes and all that stayed."""
        annex = (self.annex_title,) if self.annex_title else ()
        return (self.title, self.recipients, *self.body, *annex, *self.notes)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What somebody has to look at."""
        return tuple(each for each in self.everything if not each.is_quiet)

    @cached_property
    def lost(self) -> tuple[Lost, ...]:
        """Every reference that waits for a decision."""
        return tuple(lost for each in self.everything for lost in each.lost)


def applied(
    template: Template, returned: Returned, choices: Mapping[str, str] = NOTHING
) -> Template:
    """The template with what came back; ``choices`` by key: keep or typed for a lost reference,
    refuse for a change. UndecidedError where a reference waits for its decision.
    """
    taken = [each for each in returned.everything if choices.get(each.key) != REFUSE]
    if waiting := [
        lost for each in taken for lost in each.lost if choices.get(lost.key) not in (KEEP, TYPED)
    ]:
        raise UndecidedError(waiting)
    update: dict[str, object] = {
        "body": tuple(_body(template, returned, choices)),
        "annex_notes": tuple(_notes(template, returned, choices)),
    }
    singles = (("title", returned.title), ("annex_title", returned.annex_title))
    for name, change in singles:
        if change in taken and change is not None and change.fate is Fate.CHANGED:
            said = written(change.text, choices)
            update[name] = tuple(line for line in said.split("\n") if line.strip())
    if returned.recipients in taken and returned.recipients.fate is not Fate.KEPT:
        update["recipients"] = written(returned.recipients.text, choices)
    return template.model_copy(update=update)


def _body(template: Template, returned: Returned, choices: Mapping[str, str]) -> list[Paragraph]:
    """In the new order; what was not printed, or is put back, stands after what it stood after."""
    found: list[tuple[int | None, Paragraph]] = []
    gone: set[int | None] = set()
    for each in returned.body:
        if choices.get(each.key) != REFUSE:
            if each.fate is Fate.REMOVED:
                gone.add(each.at)
            else:
                found.append((each.at, each.paragraph(choices)))
        elif each.at is not None and not each.moved and each.fate is Fate.CHANGED:
            found.append((each.at, template.body[each.at]))
    for at, paragraph in enumerate(template.body):
        if at not in gone and all(place != at for place, _ in found):
            before = [place for place, _ in found if place is not None and place < at]
            last = max(before, default=None)
            after = [place for place, _ in found].index(last) if last is not None else -1
            found.insert(after + 1, (at, paragraph))
    return [paragraph for _, paragraph in found]


def _notes(template: Template, returned: Returned, choices: Mapping[str, str]) -> list[str]:
    notes: dict[int, str] = dict(enumerate(template.annex_notes))
    for each in returned.notes:
        if each.at is None or choices.get(each.key) == REFUSE:
            continue
        if each.fate is Fate.REMOVED:
            del notes[each.at]
        else:
            notes[each.at] = written(each.text, choices)
    return list(notes.values())
