"""What does a bulletin being written say today, what is wrong with it, what happened to it?"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Max, QuerySet
from django.utils import timezone

from jixiao.bulletins.draft import Draft
from jixiao.bulletins.models import Bulletin, BulletinStep, KeptReminder
from jixiao.bulletins.offers import Offer, offers_by_section
from jixiao.bulletins.queries.grounds import context_of_ground, known_around
from jixiao.bulletins.remarks import Remark, characters, remarks
from jixiao.bulletins.returning import Returned, marked_docx, read_back
from jixiao.bulletins.states import WAY, BulletinState, Level, StepKind
from jixiao.bulletins.typed import typed_figures
from jixiao.core.signs import State as Shape
from jixiao.core.words import moment
from jixiao.gongwen.document import Document, Number
from jixiao.org.models import Person, Unit

BulletinRow = Bulletin
"""What the pages get."""
KINDS = dict(
    zip(WAY, (StepKind.WRITE, StepKind.SUBMIT, StepKind.SIGN_OFF, StepKind.ISSUE), strict=True)
)


def bulletin(pk: int) -> Bulletin | None:
    """One bulletin."""
    others = ("quarter", "drafted_by", "approved_by", "issued_by", "notice", "follows")
    found = Bulletin.objects.select_related("result", *others).defer("result__body")
    return found.filter(pk=pk).first()


def bulletins_at_work() -> QuerySet[Bulletin]:
    """All bulletins, for the office: what is under way first."""
    return Bulletin.objects.light().select_related("drafted_by").order_by("-id")


@dataclass(frozen=True)
class Checked:
    """A remark and, where it was kept, who kept it why."""

    remark: Remark
    kept: KeptReminder | None


class Desk:
    """A bulletin as the composer shows it; everything is worked out once.

    ``is_fresh`` for what is decided on: then nothing is taken from memory.
    """

    def __init__(self, row: Bulletin, *, is_fresh: bool = False) -> None:
        self.row, self.is_fresh = row, is_fresh

    @cached_property
    def draft(self) -> Draft:
        """The text with its figures as they are today."""
        text = self.row.text.unnumbered(timezone.localdate())
        context = context_of_ground if self.is_fresh else known_around
        return Draft(context(self.row.ground), text)

    def editable(self) -> bytes:
        """The docx to be edited elsewhere: hidden bookmarks know its paragraphs again."""
        return marked_docx(self.draft.template, self.draft.facts)

    def returned(self, docx: bytes) -> Returned:
        """What was changed in it."""
        return read_back(docx, self.draft.template, self.draft.facts)

    @cached_property
    def document(self) -> Document:
        """What was signed, once it is; before that what it says today."""
        return signed(self.row) if is_signed(self.row) else self.draft.document

    @cached_property
    def checked(self) -> tuple[Checked, ...]:
        """Every remark, what must be changed first."""
        row, kept = self.row, self._kept
        if is_signed(row):
            return ()
        is_public = row.level == Level.PUBLIC
        found = remarks(
            self.draft, limit=row.limit, is_public=is_public, people=_people() if is_public else ()
        )
        return tuple(Checked(each, None if each.must else kept.get(each.key)) for each in found)

    @cached_property
    def open(self) -> tuple[Remark, ...]:
        """Remarks that are neither dealt with nor kept."""
        return tuple(each.remark for each in self.checked if each.kept is None)

    @cached_property
    def settled(self) -> tuple[Checked, ...]:
        """Reminders kept with a reason."""
        return tuple(each for each in self.checked if each.kept)

    @property
    def must(self) -> int:
        """How many things must be changed."""
        return sum(each.must for each in self.open)

    @property
    def reminders(self) -> int:
        """How many things should be looked at."""
        return len(self.open) - self.must

    @cached_property
    def by_block(self) -> Mapping[int, list[Remark]]:
        """Open remarks by paragraph."""
        found: dict[int, list[Remark]] = {}
        for each in self.open:
            if each.block is not None:
                found.setdefault(each.block, []).append(each)
        return found

    @cached_property
    def elsewhere(self) -> list[Remark]:
        """Open remarks about no paragraph in particular."""
        return [each for each in self.open if each.block is None]

    @cached_property
    def characters(self) -> int:
        """How long it is."""
        if not is_signed(self.row) and self.draft.failure:
            return 0
        return characters(self.document)

    @property
    def typed(self) -> int:
        """How many figures are written by hand."""
        return len(typed_figures(self.draft.template))

    @cached_property
    def offers(self) -> Mapping[str, list[Offer]]:
        """The references that can be put in, by section."""
        return offers_by_section(self.draft.facts)

    @cached_property
    def _kept(self) -> Mapping[str, KeptReminder]:
        return {each.key: each for each in self.row.kept.select_related("kept_by")}


def signed(row: Bulletin) -> Document:
    """The document as it was signed, with its number once it is issued."""
    made = Document.model_validate_json(row.printed)
    update: dict[str, object] = {}
    if row.number_serial is not None and row.number_year:
        update["number"] = Number(
            code=row.number_code, year=row.number_year, serial=row.number_serial
        )
    if row.issued_at and made.colophon:
        printed_on = timezone.localdate(row.issued_at)
        update["colophon"] = made.colophon.model_copy(update={"printed_on": printed_on})
    return made.model_copy(update=update)


def is_signed(row: Bulletin) -> bool:
    """Whether the signature counts; one that was taken back does not."""
    return row.state not in (BulletinState.DRAFT, BulletinState.SUBMITTED, BulletinState.DISCARDED)


def _people() -> Collection[str]:
    """Names that no public text tells."""
    return set(Person.objects.values_list("name", flat=True))


def told_steps(row: Bulletin) -> list[BulletinStep]:
    """What was done about it, in the order of happening."""
    return list(row.steps.select_related("taken_by"))


@dataclass(frozen=True)
class Step:
    """One state on the way, as the state bar shows it."""

    label: str
    state: Shape
    when: str


def way(row: Bulletin, steps: Collection[BulletinStep]) -> list[Step]:
    """How far it has come."""
    at = WAY.index(BulletinState(row.state)) if row.state in WAY else len(WAY)
    shown = [
        Step(
            state.label,
            "done" if place < at or row.state == BulletinState.ISSUED else
            "current" if place == at else "open",
            _when(KINDS[state], steps) if place <= at else "",
        )
        for place, state in enumerate(WAY)
    ]  # fmt: skip
    if row.state not in WAY:
        shown.append(Step(row.get_state_display(), "current", moment(list(steps)[-1].taken_at)))
    return shown


def _when(kind: StepKind, steps: Collection[BulletinStep]) -> str:
    done = [each for each in steps if each.kind == kind]
    return f"{moment(done[-1].taken_at)} {done[-1].taken_by.name}" if done else ""


def next_serial(row: Bulletin) -> int | None:
    """The number after the last one used this year; asked for once it is signed."""
    if row.state != BulletinState.APPROVED:
        return None
    year = timezone.localdate().year
    used = Bulletin.objects.filter(number_code=row.number_code, number_year=year)
    return (used.aggregate(last=Max("number_serial"))["last"] or 0) + 1


def units_addressed(row: Bulletin) -> list[Unit]:
    """To whom it goes: the chosen units, those of the group, or all of the run."""
    open_units = Unit.objects.open().assessed()
    if row.level == Level.UNIT:
        return [each.unit for each in row.units.select_related("unit")]
    if row.level == Level.GROUP:
        return list(open_units.filter(group=row.group))
    return list(open_units)


def units_by_group() -> list[tuple[str, list[tuple[int, str]]]]:
    """The assessed units by group, as options."""
    found: dict[str, list[tuple[int, str]]] = {}
    for unit in Unit.objects.open().assessed().exclude(group="").only("name", "group"):
        found.setdefault(unit.group, []).append((unit.pk, unit.name))
    return list(found.items())


def units_chosen(numbers: Collection[int]) -> list[Unit]:
    """These units, as the county lists them."""
    return list(Unit.objects.open().assessed().filter(pk__in=numbers))


def addressed(row: Bulletin) -> dict[str, object]:
    """Who may read it now, as a form shows it."""
    return {
        "level": row.level, "group": row.group, "with_marks": row.with_marks, "limit": row.limit,
        "units": list(row.units.values_list("unit", flat=True)), "version": row.version,
    }  # fmt: skip
