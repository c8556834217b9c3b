"""A county whose units are known and whose year is published, in one line."""

from collections.abc import Callable
from datetime import timedelta
from typing import Protocol

import pytest
from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.access.permissions import Role
from jixiao.org.models import Unit
from jixiao.org.tests.factories import UnitFactory
from jixiao.results.actions import (
    Approval,
    adopt_result,
    approve_result,
    load_result,
    notify_units,
    publish_result,
    review_result,
)
from jixiao.results.models import SealedResult
from jixiao.results.result import Result, to_bytes

YESTERDAY = timezone.localdate() - timedelta(days=1)


class Keep(Protocol):
    """``keep(result)``: units founded, result loaded and published."""

    def __call__(
        self, result: Result, *, year: int = 2026, is_published: bool = True
    ) -> SealedResult:
        """The stored result."""
        ...


def published(kept: SealedResult, actor: Callable[..., Actor]) -> SealedResult:
    """Approved outside the platform, then published by somebody else."""
    approval = Approval("县绩效管理委员会会议", timezone.localdate(), "清绩委〔2027〕1号")
    kept = adopt_result(kept, by=actor(Role.OFFICE_HEAD), approval=approval)
    return publish_result(kept, by=actor(Role.OFFICE))


def through_review(kept: SealedResult, actor: Callable[..., Actor]) -> SealedResult:
    """The whole way: reviewed, told, the days for objections over, approved, published."""
    head, office = actor(Role.OFFICE_HEAD), actor(Role.OFFICE)
    kept = notify_units(review_result(kept, by=head), by=office)
    SealedResult.objects.filter(pk=kept.pk).update(apply_until=YESTERDAY)
    approval = Approval("县绩效管理委员会会议", YESTERDAY, "清绩委〔2027〕1号")
    return publish_result(approve_result(kept, by=head, approval=approval), by=office)


@pytest.fixture
def keep(actor: Callable[..., Actor]) -> Keep:
    def kept(result: Result, *, year: int = 2026, is_published: bool = True) -> SealedResult:
        there = set(Unit.objects.values_list("name", flat=True))
        for group in result.scheme.groups:
            for unit in group.units:
                if unit.name not in there:
                    UnitFactory(name=unit.name, group=group.name)
        made = load_result(
            to_bytes(result), by=actor(Role.OFFICE), year=year, round_name="年终评估"
        )
        return published(made, actor) if is_published else made

    return kept
