"""Which quarters and reports appear in tests? Whatever matters is said in the test."""

from datetime import timedelta

import factory
from django.utils import timezone

from jixiao.appraisals import models
from jixiao.appraisals.states import Subject
from jixiao.notices.tests.factories import AccountFactory
from jixiao.org.tests.factories import UnitFactory


class QuarterFactory(factory.django.DjangoModelFactory):
    """``QuarterFactory(due=-1)``: the deadline was yesterday."""

    class Meta:
        model = models.Quarter

    class Params:
        due = 5

    year = 2026
    number = 3
    due_on = factory.LazyAttribute(lambda o: timezone.localdate() + timedelta(o.due))
    opened_by = factory.SubFactory(AccountFactory)


class ReportFactory(factory.django.DjangoModelFactory):
    """A report without lines."""

    class Meta:
        model = models.Report

    quarter = factory.SubFactory(QuarterFactory)
    unit = factory.SubFactory(UnitFactory)
    months = 3
    reported_by = factory.SubFactory(AccountFactory)


class ReportLineFactory(factory.django.DjangoModelFactory):
    """Ten sections, eight appraised."""

    class Meta:
        model = models.ReportLine

    report = factory.SubFactory(ReportFactory)
    kind = Subject.SECTIONS
    due, done = 10, 8
    top, good, fair, poor = 2, 5, 1, 0


class ReportReturnFactory(factory.django.DjangoModelFactory):
    """Sent back."""

    class Meta:
        model = models.ReportReturn

    report = factory.SubFactory(ReportFactory)
    reason = "应评科室数与机构库不符"
    returned_by = factory.SubFactory(AccountFactory)
