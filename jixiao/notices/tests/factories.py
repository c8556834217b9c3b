"""Which opinions and notices appear in tests?"""

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone

from jixiao.access.models import Account
from jixiao.notices.models import Notice, Opinion, Receipt
from jixiao.notices.states import OpinionKind, OpinionState
from jixiao.org.tests.factories import UnitFactory


class AccountFactory(factory.django.DjangoModelFactory):
    """Somebody with an account and no role."""

    class Meta:
        model = Account

    username = factory.Sequence(lambda n: f"author{n}")
    name = factory.Sequence(lambda n: f"写信人{n}")


class OpinionFactory(factory.django.DjangoModelFactory):
    """``OpinionFactory(waited=20)``: written twenty days ago; ``answered=True``: with its answer."""

    class Meta:
        model = Opinion

    class Params:
        waited = 0
        answered = factory.Trait(
            state=OpinionState.ANSWERED,
            answer="已经改了",
            answered_at=factory.LazyFunction(timezone.now),
            answered_by=factory.SubFactory(AccountFactory),
        )
        published = factory.Trait(
            answered=True,
            state=OpinionState.PUBLISHED,
            published_at=factory.LazyFunction(timezone.now),
            published_by=factory.SubFactory(AccountFactory),
        )

    kind = OpinionKind.SUGGESTION
    text = factory.Sequence(lambda n: f"第{n}条建议")
    written_by = factory.SubFactory(AccountFactory)
    written_at = factory.LazyAttribute(lambda o: timezone.now() - timedelta(o.waited))


class NoticeFactory(factory.django.DjangoModelFactory):
    """``NoticeFactory(due=-3)``: was due three days ago."""

    class Meta:
        model = Notice

    class Params:
        due: Any = None

    title = factory.Sequence(lambda n: f"第{n}号通知")
    body = "请按时报送。"
    sent_by = factory.SubFactory(AccountFactory)
    due_on = factory.LazyAttribute(
        lambda o: None if o.due is None else timezone.localdate() + timedelta(o.due)
    )


class ReceiptFactory(factory.django.DjangoModelFactory):
    """One unit's copy of a notice."""

    class Meta:
        model = Receipt

    notice = factory.SubFactory(NoticeFactory)
    unit = factory.SubFactory(UnitFactory)
