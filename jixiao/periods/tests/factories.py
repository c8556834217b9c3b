"""Which years appear in tests? A whole one: seven steps, a month each."""

from datetime import date

import factory

from jixiao.periods.models import Cycle, Stage
from jixiao.periods.states import StageKind


class StageFactory(factory.django.DjangoModelFactory):
    """One step of a year."""

    class Meta:
        model = Stage

    kind = StageKind.SCHEME
    since = date(2026, 1, 1)
    until = date(2026, 1, 31)


class CycleFactory(factory.django.DjangoModelFactory):
    """``CycleFactory(year=2026)``: its seven steps are January to July of the year."""

    class Meta:
        model = Cycle
        skip_postgeneration_save = True

    year = 2026
    title = factory.LazyAttribute(lambda o: f"{o.year}年度")
    since = factory.LazyAttribute(lambda o: date(o.year, 1, 1))
    until = factory.LazyAttribute(lambda o: date(o.year, 7, 28))

    @factory.post_generation
    def stages(self, create: bool, _extracted: object, **_more: object) -> None:  # noqa: FBT001
        """January 办法, February 目标 … July 通报."""
        if create:
            for month, kind in enumerate(StageKind, start=1):
                days = {"since": date(self.year, month, 1), "until": date(self.year, month, 28)}
                StageFactory(cycle=self, kind=kind, **days)
