"""Which earlier years appear in tests? Checked ones; whatever matters is said in the test."""

import factory
from django.utils import timezone

from jixiao.results import models
from jixiao.schemes.tests.factories import AccountFactory


class PastTierFactory(factory.django.DjangoModelFactory):
    """The tier of a unit."""

    class Meta:
        model = models.PastTier

    name = factory.SelfAttribute("unit.name")
    tier = "先进"


class PastResultFactory(factory.django.DjangoModelFactory):
    """A year with the tier of one unit: ``PastResultFactory(tiers__unit=unit)``."""

    class Meta:
        model = models.PastResult
        skip_postgeneration_save = True

    year = 2009
    title = "评估分档情况"
    document = "清绩办〔2010〕7号"
    entered_by = factory.SubFactory(AccountFactory)
    confirmed_at = factory.LazyFunction(timezone.now)
    confirmed_by = factory.SubFactory(AccountFactory)
    tiers = factory.RelatedFactory(PastTierFactory, factory_related_name="past")
