"""Which findings and reminders appear in tests? Whatever matters is said in the test."""

from datetime import date, timedelta
from typing import Any

import factory
from django.utils import timezone

from jixiao.notices.tests.factories import AccountFactory
from jixiao.org.tests.factories import UnitFactory
from jixiao.rectification import models
from jixiao.rectification.states import KNOWN, CaseState, StepKind


class CaseFactory(factory.django.DjangoModelFactory):
    """``CaseFactory(state=CaseState.TOLD, due=-3)``: told, and due three days ago."""

    class Meta:
        model = models.Case

    class Params:
        due = 20

    unit = factory.SubFactory(UnitFactory)
    year = 2026
    source = "2026年度全年评估"
    code = "1.2"
    item = "材料质量"
    fact = factory.Sequence(lambda n: f"第{n}号问题：二季度汇总表缺原件")
    opinion = "补齐原件，明确专人保管"
    workdays = 20
    state = CaseState.NOTED
    found_by = factory.SubFactory(AccountFactory)
    told_at = factory.LazyAttribute(lambda o: timezone.now() if o.state in KNOWN else None)
    told_by = factory.LazyAttribute(lambda o: o.found_by if o.state in KNOWN else None)
    closed_at = factory.LazyAttribute(
        lambda o: timezone.now() if o.state == CaseState.CLOSED else None
    )
    closed_by = factory.LazyAttribute(lambda o: o.found_by if o.state == CaseState.CLOSED else None)

    @factory.lazy_attribute
    def due_on(self: Any) -> date | None:
        """So many days from today, once told."""
        return timezone.localdate() + timedelta(self.due) if self.state in KNOWN else None


class CaseStepFactory(factory.django.DjangoModelFactory):
    """A plan."""

    class Meta:
        model = models.CaseStep

    case = factory.SubFactory(CaseFactory, state=CaseState.PLANNED)
    kind = StepKind.PLAN
    text = "本周内补齐"
    taken_by = factory.SubFactory(AccountFactory)


class ProofFactory(factory.django.DjangoModelFactory):
    """A file handed in with a step."""

    class Meta:
        model = models.Proof

    step = factory.SubFactory(CaseStepFactory)
    file = factory.django.FileField(filename="原件.pdf", data=b"%PDF-1.7")
    name = "原件.pdf"
    media = "application/pdf"
    size = 8
    digest = "sha256:" + "0" * 64


class ReminderFactory(factory.django.DjangoModelFactory):
    """``ReminderFactory(due=-1)``: due yesterday."""

    class Meta:
        model = models.Reminder

    class Params:
        due = 10

    unit = factory.SubFactory(UnitFactory)
    number = factory.Sequence(lambda n: f"清绩督〔2026〕{n}号")
    subject = "月自查未开展"
    facts = "三季度以来没有开展月自查。"
    asked = "说明原因，提出处理意见，反馈处理结果。"
    due_on = factory.LazyAttribute(lambda o: timezone.localdate() + timedelta(o.due))
    sent_by = factory.SubFactory(AccountFactory)


class ReplyFactory(factory.django.DjangoModelFactory):
    """What the unit answered."""

    class Meta:
        model = models.Reply

    reminder = factory.SubFactory(ReminderFactory)
    text = "已补上。"
    replied_by = factory.SubFactory(AccountFactory)
