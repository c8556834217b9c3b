"""Where does the year stand?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from jixiao.core.words import short_day
from jixiao.periods.models import Cycle, Stage
from jixiao.periods.states import StageKind, Standing
from jixiao.periods.workdays import span

StageRow = Stage
"""What the pages get."""


@dataclass(frozen=True)
class Step:
    """One step of the year on a day."""

    stage: Stage
    standing: Standing

    @property
    def kind(self) -> StageKind:
        """Which of the seven."""
        return StageKind(self.stage.kind)

    @property
    def label(self) -> str:
        """Its name."""
        return str(self.kind.label)

    @property
    def state(self) -> str:
        """The shape it is drawn with."""
        return self.standing.value

    @property
    def when(self) -> str:
        """``3月2日—4月30日``."""
        return f"{short_day(self.stage.since)}—{short_day(self.stage.until)}"

    @property
    def note(self) -> str:
        """What the office says of it, else where it stands."""
        return self.stage.note or ("" if self.standing == Standing.OPEN else self.standing.label)


@dataclass(frozen=True)
class CycleStanding:
    """A year on a day: its seven steps, each past, current or not begun."""

    cycle: Cycle
    day: date
    steps: tuple[Step, ...]

    @property
    def now(self) -> Step:
        """The step at work: the latest that has begun and not ended, else the next, else the last."""
        current = [step for step in self.steps if step.standing == Standing.NOW]
        coming = [step for step in self.steps if step.standing == Standing.OPEN]
        return (current[-1:] or coming[:1] or list(self.steps[-1:]))[0]

    @property
    def is_between(self) -> bool:
        """Whether no step is under way today."""
        return self.now.standing != Standing.NOW

    @property
    def day_of_step(self) -> str:
        """``9 个工作日``: how far the current step has come; empty between steps."""
        if self.is_between:
            return ""
        return span(self.now.stage.since - timedelta(1), self.day).words

    @property
    def is_over(self) -> bool:
        """Whether all seven are past."""
        return self.now.standing == Standing.DONE

    def __str__(self) -> str:
        """``2026年度 · 现场``, as the top of every page says it."""
        return f"{self.cycle.title} · {self.now.kind.label}"


def current_cycle(day: date) -> CycleStanding | None:
    """The oldest year that has not ended on ``day``: a year's bulletin comes before the next year's work."""
    stages = Stage.objects.filter(cycle__until__gte=day).select_related("cycle")
    return next(iter(_standings(stages.order_by("cycle__year"), day)), None)


def cycles(day: date) -> tuple[CycleStanding, ...]:
    """Every year, newest first."""
    stages = Stage.objects.select_related("cycle").order_by("-cycle__year")
    return tuple(_standings(stages, day))


def stage(pk: int) -> Stage | None:
    """One step of a year."""
    return Stage.objects.select_related("cycle").filter(pk=pk).first()


def _standings(stages: Iterable[Stage], day: date) -> Iterable[CycleStanding]:
    for cycle, found in groupby(stages, key=lambda each: each.cycle):
        steps = [Step(each, _standing(each, day)) for each in found]
        yield CycleStanding(cycle, day, tuple(sorted(steps, key=lambda step: step.kind.position)))


def _standing(stage: Stage, day: date) -> Standing:
    if stage.until < day:
        return Standing.DONE
    return Standing.NOW if stage.since <= day else Standing.OPEN
