"""How did one item come to its mark: rule, figures, versions, decisions, corrections, people?"""

from collections.abc import Sequence
from dataclasses import dataclass

from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.scoring.numbers import mark_text
from jixiao.visits.models import Correction, Entry, Record, Visit
from jixiao.visits.queries.sight import Sight
from jixiao.visits.queries.visit_page import Book, Item, figures, visit_book
from jixiao.visits.states import EDITABLE, EntryState, Method, VisitState
from jixiao.visits.tasks import Task

RecordRow = Record
"""What the pages get."""


@dataclass(frozen=True)
class Version:
    """Something entered, as its readers compare it."""

    entry: Entry
    task: Task

    @property
    def mark(self) -> str:
        """The mark that it gives."""
        return mark_text(self.entry.mark, self.task.decimals)

    @property
    def figures(self) -> list[tuple[str, str]]:
        """What it says was found."""
        return figures(self.task, self.entry.values)

    @property
    def methods(self) -> str:
        """How it was looked at."""
        known = self.entry.methods.split(",") if self.entry.methods else []
        return "、".join(Method(each).label for each in known)


@dataclass(frozen=True)
class Change:
    """A correction with both sides in words."""

    row: Correction
    task: Task

    @property
    def before(self) -> str:
        """What stood there."""
        return self._said(self.row.before)

    @property
    def after(self) -> str:
        """What stands there since."""
        return self._said(self.row.after)

    def _said(self, said: dict[str, object]) -> str:
        values = said.get("values")
        known = figures(self.task, values if isinstance(values, dict) else {})
        mark = said.get("mark")
        shown = [f"{name} {value}" for name, value in known]
        if isinstance(mark, int) and not all(each.is_mark for each in self.task.fields):
            shown.append(f"得分 {mark_text(mark, self.task.decimals)} 分")
        return "；".join([*shown, *([str(said["reason"])] if said.get("reason") else [])])


@dataclass(frozen=True)
class RecordPage:
    """One item with its whole story, as far as this reader may see it."""

    book: Book
    item: Item
    versions: Sequence[Version]
    changes: Sequence[Change]
    previous: str
    following: str
    may_record: bool
    may_correct: bool

    @property
    def open(self) -> list[Version]:
        """Versions between which somebody has to decide."""
        return [each for each in self.versions if each.entry.state == EntryState.DIFFERING]

    @property
    def told(self) -> list[Version]:
        """What became of everything else that was entered, newest first."""
        return [each for each in self.versions if each.entry.state != EntryState.DIFFERING]


def record_page(visit: Visit, code: str, actor: Actor) -> RecordPage | None:
    """One item of a visit; None where this person sees no records, or there is no such item."""
    book = visit_book(visit, actor, whole=False)
    if book is None or not book.shows_marks:
        return None
    codes = [each.task.code for each in book.items]
    if code not in codes:
        return None
    at = codes.index(code)
    item = book.items[at]
    return RecordPage(
        book=book,
        item=item,
        versions=_versions(item) if book.seen == Sight.ALL else [],
        changes=[Change(each, item.task) for each in item.corrections],
        previous=codes[at - 1] if at else "",
        following=codes[at + 1] if at + 1 < len(codes) else "",
        may_record=book.is_member and visit.state in EDITABLE and item.task.is_on_site,
        may_correct=(
            visit.state == VisitState.CLOSED
            and item.record is not None
            and actor.may(Permission.VISITS_CORRECT, visit.place())
        ),
    )


def _versions(item: Item) -> list[Version]:
    if item.record is None:
        return []
    rows = item.record.entries.select_related("received_by", "settled_by").order_by("-pk")
    return [Version(each, item.task) for each in rows]


def record(pk: int) -> Record | None:
    """One record with its visit."""
    found = Record.objects.select_related(
        "visit__round__version_of__line", "visit__unit", "visit__team"
    )
    whole = ("visit__round__version_of__document", "visit__round__version_of__changed")
    return found.defer(*whole).filter(pk=pk).first()


def entry_of(record: Record, pk: int) -> Entry | None:
    """One of a record's versions."""
    return record.entries.filter(pk=pk).first()
