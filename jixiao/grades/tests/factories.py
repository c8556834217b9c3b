"""Which appraisals and grades appear in tests? Whatever matters is said in the test."""

from datetime import date, datetime, timedelta
from typing import Any

import factory
from django.utils import timezone

from jixiao.access.models import Account
from jixiao.grades import models
from jixiao.grades.states import (
    AFTER_APPROVAL,
    AFTER_SUBMISSION,
    CampaignKind,
    Category,
    ReviewKind,
    TableState,
)
from jixiao.notices.tests.factories import AccountFactory
from jixiao.org.tests.factories import PersonFactory, UnitFactory


class CampaignFactory(factory.django.DjangoModelFactory):
    """The annual appraisal of civil servants, 20% without rules of tiers."""

    class Meta:
        model = models.Campaign

    year = 2026
    kind = CampaignKind.ANNUAL
    period = factory.Sequence(lambda n: f"全年{n}")
    category = Category.CIVIL
    on = date(2026, 12, 31)
    due_on = date(2027, 1, 20)
    share, most, cap = 2_000, 2_000, 2_500
    opened_by = factory.SubFactory(AccountFactory)


class UnitTableFactory(factory.django.DjangoModelFactory):
    """``UnitTableFactory(state=TableState.PUBLIC)``: with whatever that state asks for."""

    class Meta:
        model = models.UnitTable

    campaign = factory.SubFactory(CampaignFactory)
    unit = factory.SubFactory(UnitFactory)
    state = TableState.DRAFTING

    @factory.lazy_attribute
    def submitted_at(self: Any) -> datetime | None:
        """Once handed in."""
        return timezone.now() if self.state in AFTER_SUBMISSION else None

    @factory.lazy_attribute
    def submitted_by(self: Any) -> Account | None:
        """Once handed in."""
        return AccountFactory() if self.state in AFTER_SUBMISSION else None

    @factory.lazy_attribute
    def approved_at(self: Any) -> datetime | None:
        """Once approved."""
        return timezone.now() if self.state in AFTER_APPROVAL else None

    @factory.lazy_attribute
    def approved_by(self: Any) -> Account | None:
        """Once approved."""
        return AccountFactory() if self.state in AFTER_APPROVAL else None

    @factory.lazy_attribute
    def notified_at(self: Any) -> datetime | None:
        """Once told."""
        return timezone.now() if self.state in AFTER_APPROVAL[1:] else None

    @factory.lazy_attribute
    def notified_by(self: Any) -> Account | None:
        """Once told."""
        return AccountFactory() if self.state in AFTER_APPROVAL[1:] else None

    base = factory.LazyAttribute(lambda o: 10 if o.state in AFTER_SUBMISSION else None)
    places = factory.LazyAttribute(lambda o: 2 if o.state in AFTER_SUBMISSION else None)
    rate = factory.LazyAttribute(lambda o: "20%" if o.state in AFTER_SUBMISSION else "")
    notice_from = factory.LazyAttribute(
        lambda o: timezone.localdate() if o.state == TableState.PUBLIC else None
    )
    notice_until = factory.LazyAttribute(
        lambda o: timezone.localdate() + timedelta(7) if o.state == TableState.PUBLIC else None
    )


class GradeFactory(factory.django.DjangoModelFactory):
    """``GradeFactory(final="称职")``: decided by somebody."""

    class Meta:
        model = models.Grade

    table = factory.SubFactory(UnitTableFactory)
    person = factory.SubFactory(PersonFactory)
    post = "科员"
    final = ""
    proposed = factory.LazyAttribute(lambda o: o.final)
    proposed_at = factory.LazyAttribute(lambda o: timezone.now() if o.proposed else None)
    proposed_by = factory.LazyAttribute(lambda o: AccountFactory() if o.proposed else None)
    reason = factory.LazyAttribute(lambda o: "完成全年任务" if o.final else "")
    decided_at = factory.LazyAttribute(lambda o: timezone.now() if o.final else None)
    decided_by = factory.LazyAttribute(lambda o: AccountFactory() if o.final else None)


class ObjectionFactory(factory.django.DjangoModelFactory):
    """Something said during a notice."""

    class Meta:
        model = models.Objection

    table = factory.SubFactory(UnitTableFactory, state=TableState.PUBLIC)
    text = "全年缺勤较多"
    said_by = factory.SubFactory(AccountFactory)


class GradeReviewFactory(factory.django.DjangoModelFactory):
    """A review that waits for a decision."""

    class Meta:
        model = models.GradeReview

    grade = factory.SubFactory(GradeFactory, final="不称职", table__state=TableState.NOTIFIED)
    kind = ReviewKind.REVIEW
    claim = "病休期间的任务不应计入"
    before = "不称职"
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(30))
    applied_by = factory.SubFactory(AccountFactory)
