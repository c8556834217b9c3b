"""Which objections appear in tests? Plain ones; whatever matters is said in the test."""

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
