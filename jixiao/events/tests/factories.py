"""Which matters appear in tests? Those of the Changde table; whatever matters is said in the test."""

from datetime import date, timedelta
from typing import Any

import factory
from django.utils import timezone

from jixiao.events import models
from jixiao.events.states import AFTER_CHECK, OVER, MatterState
from jixiao.notices.tests.factories import AccountFactory
from jixiao.org.tests.factories import UnitFactory
from jixiao.schemes.states import State
from jixiao.schemes.tests.factories import SchemeVersionFactory, scheme
from jixiao.scoring.scheme import Scheme

BONUS = {
    "党中央国务院": "8", "国家部委": "3", "部委管理的国家局": "1.5", "省委省政府": "3", "省两办": "2",
}  # fmt: skip
PENALTY = {
    "党中央国务院通报批评": "-15", "国家部委或省委省政府通报批评": "-10", "市委市政府通报批评": "-5",
    "数据采集不严": "-3", "考评下属不严": "-3",
}  # fmt: skip
EVENTS = {"kind": "events"}


def adjusted(**table: Any) -> Scheme:
    """The small scheme of the tests with the Changde table; ``table`` changes the bonus item's."""
    bonus = {
        "levels": BONUS, "classes": {"第一等次": "1", "第二等次": "0.5"},
        "requires": ["document", "notice", "signature"], "once_per_matter": True, **table,
    }  # fmt: skip
    penalty = {"levels": PENALTY, "requires": ["document"], "restored": "1/2"}
    return scheme(
        adjustments=[
            {"code": "加1", "name": "表彰加分", "floor": "0", "rule": {"measure": EVENTS}, "events": bonus},
            {"code": "扣1", "name": "扣分事项", "cap": "0", "rule": {"measure": EVENTS}, "events": penalty},
        ]
    )  # fmt: skip


class AdjustedFactory(SchemeVersionFactory):
    """``AdjustedFactory(of=adjusted(requires=[]))``: published."""

    class Params:
        of = factory.LazyFunction(adjusted)

    state = State.PUBLISHED


class MatterFactory(factory.django.DjangoModelFactory):
    """``MatterFactory(state=MatterState.NOTICED, noticed=-6)``: put under notice six days ago."""

    class Meta:
        model = models.Matter

    class Params:
        noticed = -9
        """Days from today on which the notice of five days began."""

    version_of = factory.SubFactory(AdjustedFactory)
    unit = factory.SubFactory(UnitFactory, name="云溪镇", group="乡镇")
    code = "加1"
    item = "表彰加分"
    matter = factory.Sequence(lambda n: f"先进集体{n}")
    level = "国家部委"
    document = "部发〔2026〕8号"
    is_penalty = factory.LazyAttribute(lambda o: o.code == "扣1")
    state = MatterState.APPLIED
    applied_by = factory.SubFactory(AccountFactory)
    reason = factory.LazyAttribute(lambda o: "报错了" if o.state in OVER else "")

    checked_at = factory.LazyAttribute(lambda o: timezone.now() if o.state in AFTER_CHECK else None)
    checked_by = factory.Maybe("checked_at", factory.SubFactory(AccountFactory), None)
    noticed_at = factory.LazyAttribute(
        lambda o: timezone.now() if o.state in AFTER_CHECK[1:] else None
    )
    noticed_by = factory.LazyAttribute(lambda o: o.checked_by if o.noticed_at else None)
    notice_days = factory.LazyAttribute(lambda o: 5 if o.noticed_at else 0)
    signed_at = factory.LazyAttribute(
        lambda o: timezone.now() if o.state == MatterState.SIGNED else None
    )
    signed_by = factory.Maybe("signed_at", factory.SubFactory(AccountFactory), None)
    signed_on = factory.LazyAttribute(lambda o: timezone.localdate() if o.signed_at else None)
    signer = factory.LazyAttribute(lambda o: "宋远" if o.signed_at else "")

    @factory.lazy_attribute
    def notice_from(self: Any) -> date | None:
        """So many days from today, once under notice."""
        return timezone.localdate() + timedelta(self.noticed) if self.noticed_at else None

    @factory.lazy_attribute
    def notice_until(self: Any) -> date | None:
        """Five days later."""
        return self.notice_from + timedelta(5) if self.notice_from else None


class MatterStepFactory(factory.django.DjangoModelFactory):
    """It was entered."""

    class Meta:
        model = models.MatterStep

    matter = factory.SubFactory(MatterFactory)
    kind = "apply"
    taken_by = factory.SubFactory(AccountFactory)


class EvidenceFactory(factory.django.DjangoModelFactory):
    """A file handed in with a matter."""

    class Meta:
        model = models.Evidence

    matter = factory.SubFactory(MatterFactory)
    file = factory.django.FileField(filename="文件.pdf", data=b"%PDF-1.7")
    name = "文件.pdf"
    media = "application/pdf"
    size = 8
    digest = "sha256:" + "0" * 64


class ObjectionFactory(factory.django.DjangoModelFactory):
    """Somebody objects."""

    class Meta:
        model = models.Objection

    matter = factory.SubFactory(MatterFactory, state=MatterState.NOTICED, noticed=-2)
    who = "河口镇"
    text = "获表彰的是所属单位，不是单位本级"
    raised_by = factory.SubFactory(AccountFactory)
