"""Which schemes appear in tests? Small ones; whatever matters is said in the test."""

from datetime import date, datetime
from typing import Any

import factory
from django.utils import timezone

from jixiao.access.models import Account
from jixiao.schemes import models
from jixiao.schemes.editing import as_text, validated
from jixiao.schemes.exchange.layout import scheme_digest
from jixiao.schemes.states import IN_FORCE, State
from jixiao.scoring.scheme import Scheme

ITEMS = [
    {
        "code": "1", "name": "材料报送", "points": "40",
        "items": [
            {
                "code": "1.1", "name": "按时报送", "points": "30",
                "rule": {
                    "measure": {"kind": "reported", "data": "迟报"},
                    "scale": {"kind": "deduct", "each": "0.5"},
                },
            },
            {"code": "1.2", "name": "材料质量", "points": "10"},
        ],
    },
    {"code": "2", "name": "内部绩效", "points": "60", "items": [
        {"code": "2.1", "name": "月自查", "points": "60"},
    ]},
]  # fmt: skip


def scheme(**changed: Any) -> Scheme:
    """A sound scheme without anything to remark; parts of it can be replaced."""
    return validated(
        {
            "title": "清岚县2026年度绩效办法",
            "full": "100",
            "decimals": 1,
            "period": {"start": "2026-01-01", "end": "2026-12-31"},
            "groups": [
                {"name": "乡镇", "units": [{"name": "云溪镇"}, {"name": "河口镇"}]},
                {"name": "部门", "units": [{"name": "财政局"}]},
            ],
            "data": [{"key": "迟报", "name": "迟报次数", "unit": "次", "low": "0", "high": "50"}],
            "items": ITEMS,
            "tiers": [{"name": "先进", "within": "≥80"}, {"name": "达标", "within": "<80"}],
            **changed,
        }
    )


class AccountFactory(factory.django.DjangoModelFactory):
    """Somebody who did something; roles are the business of the tests' actors."""

    class Meta:
        model = Account

    username = factory.Sequence(lambda n: f"writer{n}")
    name = factory.Sequence(lambda n: f"经办人{n}")


class SchemeLineFactory(factory.django.DjangoModelFactory):
    """A scheme over the years."""

    class Meta:
        model = models.SchemeLine

    name = factory.Sequence(lambda n: f"绩效办法{n}")


class SchemeVersionFactory(factory.django.DjangoModelFactory):
    """``SchemeVersionFactory(state=State.PUBLISHED)``: a version with everything its state needs."""

    class Meta:
        model = models.SchemeVersion

    class Params:
        of = factory.LazyFunction(scheme)

    line = factory.SubFactory(SchemeLineFactory)
    year = 2026
    number = 1
    state = State.DRAFT
    document = factory.LazyAttribute(lambda o: as_text(o.of))
    digest = factory.LazyAttribute(lambda o: scheme_digest(o.of))
    drafted_by = factory.SubFactory(AccountFactory)

    @factory.lazy_attribute
    def document_number(self: Any) -> str:
        """Approved ones have one."""
        return (
            f"清绩委〔{self.year}〕{self.number}号" if _is_after(self.state, State.APPROVED) else ""
        )

    @factory.lazy_attribute
    def effective_on(self: Any) -> date | None:
        """Published ones are in force from some day."""
        return date(self.year, 1, 10) if self.state in IN_FORCE else None

    submitted_at = factory.LazyAttribute(lambda o: _now(o.state, State.SUBMITTED))
    submitted_by = factory.LazyAttribute(lambda o: _somebody(o.state, State.SUBMITTED))
    approved_at = factory.LazyAttribute(lambda o: _now(o.state, State.APPROVED))
    approved_by = factory.LazyAttribute(lambda o: _somebody(o.state, State.APPROVED))
    published_at = factory.LazyAttribute(lambda o: _now(o.state, State.PUBLISHED))
    published_by = factory.LazyAttribute(lambda o: _somebody(o.state, State.PUBLISHED))
    closed_at = factory.LazyAttribute(lambda o: _now(o.state, State.SUPERSEDED))
    closed_by = factory.LazyAttribute(lambda o: _somebody(o.state, State.SUPERSEDED))


class SchemeReturnFactory(factory.django.DjangoModelFactory):
    """A version sent back once."""

    class Meta:
        model = models.SchemeReturn

    of = factory.SubFactory(SchemeVersionFactory)
    submitted_at = factory.LazyFunction(timezone.now)
    submitted_by = factory.SubFactory(AccountFactory)
    returned_by = factory.SubFactory(AccountFactory)
    reason = "分值没有对齐"
    document = factory.SelfAttribute("of.document")
    digest = factory.SelfAttribute("of.digest")


class KeptRemarkFactory(factory.django.DjangoModelFactory):
    """A reminder kept with a reason."""

    class Meta:
        model = models.KeptRemark

    of = factory.SubFactory(SchemeVersionFactory)
    key = "vague:1.2"
    reason = "去年也这样写，大家都懂"
    kept_by = factory.SubFactory(AccountFactory)


def _is_after(state: str, step: State) -> bool:
    way = [State.DRAFT, State.SUBMITTED, State.APPROVED, State.PUBLISHED, State.SUPERSEDED]
    return state in way and way.index(State(state)) >= way.index(step)


def _now(state: str, step: State) -> datetime | None:
    return timezone.now() if _is_after(state, step) else None


def _somebody(state: str, step: State) -> Account | None:
    return AccountFactory() if _is_after(state, step) else None
