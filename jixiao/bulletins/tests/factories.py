"""Which bulletins appear in tests? Whatever matters is said in the test."""

import hashlib
from typing import Any

import factory
from django.utils import timezone

from jixiao.bulletins import models
from jixiao.bulletins.actions.drafting import written
from jixiao.bulletins.queries.drafts import Desk
from jixiao.bulletins.states import SENT, BulletinKind, BulletinState, FileKind, StepKind
from jixiao.bulletins.template import Paragraph, Template
from jixiao.notices.tests.factories import AccountFactory, NoticeFactory

DAY = timezone.localdate()


def text(*paragraphs: str, **more: Any) -> Template:
    """``text("全县{单位数}个单位。")``: a text of these paragraphs."""
    body = tuple(Paragraph(text=each) for each in paragraphs) or (
        Paragraph(text="对全县{单位数}个单位进行了评估，{分档名单}。"),
    )
    facts = {
        "mark": "清岚县绩效管理委员会文件", "number_code": "清绩委",
        "title": ("关于年度评估分档情况的通报",), "recipients": "各有关单位", "body": body,
        "annex_title": ("评估分档情况",), "signatures": ("清岚县绩效管理委员会",), "signed_on": DAY, "shows_marks": False,
    }  # fmt: skip
    return Template(**(facts | more))


class BulletinTemplateFactory(factory.django.DjangoModelFactory):
    """A template of the office."""

    class Meta:
        model = models.BulletinTemplate

    name = factory.Sequence(lambda n: f"第{n}个模板")
    kind = BulletinKind.ANNUAL
    content = factory.LazyFunction(lambda: text().model_dump_json())
    written_by = factory.SubFactory(AccountFactory)


class BulletinFactory(factory.django.DjangoModelFactory):
    """``BulletinFactory(result=kept, of=text(…))``: a draft; with ``state=ISSUED`` number and files."""

    class Meta:
        model = models.Bulletin
        exclude = ("is_signed", "is_sent")
        skip_postgeneration_save = True

    kind = BulletinKind.ANNUAL
    limit = 5000
    state = BulletinState.DRAFT
    is_sent = factory.LazyAttribute(lambda o: o.state in SENT)
    is_signed = factory.LazyAttribute(lambda o: o.state in (BulletinState.APPROVED, *SENT))
    drafted_by = factory.SubFactory(AccountFactory)
    result = quarter = None
    year = factory.LazyAttribute(lambda o: (o.result or o.quarter).year)
    approved_at = factory.LazyAttribute(lambda o: timezone.now() if o.is_signed else None)
    approved_by = factory.LazyAttribute(lambda o: AccountFactory() if o.is_signed else None)
    issued_at = factory.LazyAttribute(lambda o: timezone.now() if o.is_sent else None)
    issued_by = factory.LazyAttribute(lambda o: o.drafted_by if o.is_sent else None)
    notice = factory.LazyAttribute(lambda o: NoticeFactory() if o.is_sent else None)
    number_year = factory.LazyAttribute(lambda o: 2026 if o.is_sent else None)
    number_serial = factory.LazyAttributeSequence(lambda o, n: n + 1 if o.is_sent else None)

    @classmethod
    def _create(cls, model: type[models.Bulletin], *_: object, **facts: Any) -> models.Bulletin:
        """With a text, the units it goes to and, once issued, its files."""
        said, to = facts.pop("of", None) or text(), facts.pop("to", ())
        made = model(**facts)
        written(made, said)
        if made.approved_at:
            made.printed = Desk(made).draft.document.model_dump_json()
        made.save()
        for unit in to:
            models.BulletinUnit.objects.create(bulletin=made, unit=unit)
        for kind in FileKind if made.state in SENT else ():
            content = f"{made.pk} {kind}".encode()
            digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
            models.BulletinFile.objects.create(
                bulletin=made, kind=kind, content=content, size=len(content), digest=digest
            )
        return made


class BulletinStepFactory(factory.django.DjangoModelFactory):
    """Something was done about it."""

    class Meta:
        model = models.BulletinStep

    kind = StepKind.WRITE
    taken_by = factory.SubFactory(AccountFactory)
