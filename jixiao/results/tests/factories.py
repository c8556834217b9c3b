"""Which objections and earlier years appear in tests? Plain ones; whatever matters is said in the test."""

import factory
from django.core.files.base import ContentFile
from django.utils import timezone

from jixiao.results import models
from jixiao.schemes.tests.factories import AccountFactory


class ReviewFactory(factory.django.DjangoModelFactory):
    """``ReviewFactory(part=part)``: an objection to an item that waits for a decision."""

    class Meta:
        model = models.Review

    code, item = "1.1", "领导机构"
    claim, asked = "文件齐全", "按满分计"
    due_on = factory.LazyFunction(timezone.localdate)
    applied_by = factory.SubFactory(AccountFactory)


class ReviewFileFactory(factory.django.DjangoModelFactory):
    """A file handed in with one."""

    class Meta:
        model = models.ReviewFile

    review = factory.SubFactory(ReviewFactory)
    file = factory.LazyFunction(lambda: ContentFile(b"%PDF-1.4", name="a.pdf"))
    name, media, size, digest = "文件.pdf", "application/pdf", 8, "sha256:0"


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
