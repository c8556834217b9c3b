"""Which rules, lists and matters appear in tests? Whatever matters is said in the test."""

from datetime import date

import factory

from jixiao.consequences import models
from jixiao.consequences.states import Purpose
from jixiao.notices.tests.factories import AccountFactory
from jixiao.org.tests.factories import PersonFactory

RULE = '{"rule":{"kind":"ruling","name":"个人评先资格","when":{"kind":"tier","tiers":["先进"]}}}'


class MeasureFactory(factory.django.DjangoModelFactory):
    """A draft."""

    class Meta:
        model = models.Measure

    kind = Purpose.HONOUR
    name = factory.Sequence(lambda n: f"个人评先资格{n}")
    rule = RULE
    document = "清绩委〔2026〕5号"
    since = date(2026, 1, 1)
    written_by = factory.SubFactory(AccountFactory)


class ListingFactory(factory.django.DjangoModelFactory):
    """``ListingFactory(result=kept)``: a list in force."""

    class Meta:
        model = models.Listing

    kind = Purpose.OTHER
    name = factory.Sequence(lambda n: f"约谈{n}")
    words = "评为未达标"
    basis = "办法第二十四条"
    counted_on = date(2027, 1, 20)
    drawn_by = factory.SubFactory(AccountFactory)


class ListedUnitFactory(factory.django.DjangoModelFactory):
    """``ListedUnitFactory(listing=…, part=…)``."""

    class Meta:
        model = models.ListedUnit

    reason = "2026年度未达标"


class PersonalDecisionFactory(factory.django.DjangoModelFactory):
    """``PersonalDecisionFactory(entry=…)``: waits to be decided."""

    class Meta:
        model = models.PersonalDecision

    person = factory.SubFactory(PersonFactory)
    post = "分管人"
    proposal = "取消2026年度评优评先资格"
    proposed_by = factory.SubFactory(AccountFactory)


class DecisionStepFactory(factory.django.DjangoModelFactory):
    """``DecisionStepFactory(decision=…)``."""

    class Meta:
        model = models.DecisionStep

    kind = "propose"
    text = "取消2026年度评优评先资格"
    taken_by = factory.SubFactory(AccountFactory)
