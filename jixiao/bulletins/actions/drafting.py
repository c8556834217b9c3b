"""How does a bulletin come to be written: started from a template, changed, addressed, looked over?"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from jixiao.access.action import action
from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.appraisals.models import Quarter
from jixiao.audit.trail import created, watch
from jixiao.bulletins.blocks import too_much
from jixiao.bulletins.compose import BulletinError
from jixiao.bulletins.draft import Draft
from jixiao.bulletins.models import (
    Bulletin,
    BulletinStep,
    BulletinTemplate,
    BulletinUnit,
    Ground,
    KeptReminder,
)
from jixiao.bulletins.queries.drafts import Desk
from jixiao.bulletins.queries.grounds import fits, known_around, runs_to_speak_of
from jixiao.bulletins.returning import UndecidedError, UnreadableDocxError, applied
from jixiao.bulletins.shipped import ShippedKind, shipped
from jixiao.bulletins.states import LIMITS, SENT, BulletinKind, BulletinState, Level, StepKind
from jixiao.bulletins.template import Template
from jixiao.core.errors import RefusedError
from jixiao.gongwen.document import MARK_CHARACTERS, DocumentError
from jixiao.org.models import Unit
from jixiao.results.models import SealedResult

TITLE, SUBJECT = 200, 40
SHIPPED: dict[BulletinKind, ShippedKind] = {
    BulletinKind.ANNUAL: "annual", BulletinKind.HALF: "half", BulletinKind.QUARTER: "quarter", BulletinKind.TOPIC: "topic",
}  # fmt: skip


@dataclass(frozen=True)
class Audience:
    """Who may read it, whether marks are told, how long it may be."""

    level: Level
    with_marks: bool = False
    group: str = ""
    limit: int | None = None


@action(Permission.BULLETINS_EDIT)
def start_bulletin(
    ground: SealedResult | Quarter,
    *,
    by: Actor,
    kind: BulletinKind,
    template: BulletinTemplate | None = None,
    about: str = "",
) -> Bulletin:
    """起草通报。选一次得分结果（季度通报选季度）和一个模板，数字和名单从中取；没有自己的模板时用随平台的模板。"""
    _refuse_unless_fit(ground, BulletinKind(kind))
    text = template.text if template else of_this_office(BulletinKind(kind))
    if about.strip():
        text = text.model_copy(update={"subject": about.strip()[:SUBJECT]})
    return _started(Bulletin(kind=kind, **_ground(ground)), text, by=by)


@action(Permission.BULLETINS_EDIT)
def redraft_bulletin(bulletin: Bulletin, *, by: Actor, ground: SealedResult | Quarter) -> Bulletin:
    """更正已印发的通报。按同年的得分结果或者同一个季度另起一稿，新稿印发后取代原来的一份。"""
    if bulletin.state != BulletinState.ISSUED:
        raise RefusedError("只有印发的通报可以更正")
    _refuse_unless_fit(ground, BulletinKind(bulletin.kind))
    if ground.year != bulletin.year or bulletin.quarter not in (None, ground):
        raise RefusedError("请选同一年度的得分结果，季度通报选同一个季度", field="about_what")
    made = Bulletin(
        kind=bulletin.kind, **_ground(ground), follows=bulletin, level=bulletin.level,
        group=bulletin.group, with_marks=bulletin.with_marks,
    )  # fmt: skip
    made = _started(made, bulletin.text, by=by)
    for each in bulletin.units.all():
        created(BulletinUnit.objects.create(bulletin=made, unit_id=each.unit_id))
    return made


@action(Permission.BULLETINS_EDIT)
def rewrite_bulletin(bulletin: Bulletin, *, by: Actor, content: Template) -> Bulletin:
    """修改通报。改文字、增减段落、换引用；送审以后不能改。"""
    _refuse_unless_draft(bulletin)
    written(bulletin, content)
    bulletin.save()
    log(bulletin, StepKind.WRITE, by=by, once=True)
    return bulletin


@action(Permission.BULLETINS_EDIT)
def take_back_docx(
    bulletin: Bulletin, *, by: Actor, content: bytes, choices: dict[str, str]
) -> Bulletin:
    """收回改过的 Word 稿。先看列出的改动；引用被手写内容覆盖的，逐处决定保留引用还是采用手写。"""
    _refuse_unless_draft(bulletin)
    try:
        text = applied(bulletin.text, Desk(bulletin).returned(content), choices)
    except (UnreadableDocxError, UndecidedError) as error:
        raise RefusedError(str(error), field="file") from None
    except (BulletinError, DocumentError) as error:
        raise RefusedError(f"先把现在的稿子改到能排成公文：{error}", field="file") from None
    written(bulletin, text)
    bulletin.save()
    log(bulletin, StepKind.TAKE_BACK, by=by)
    return bulletin


@action(Permission.BULLETINS_EDIT)
def set_audience(
    bulletin: Bulletin, *, by: Actor, audience: Audience, units: Sequence[Unit] = ()
) -> Bulletin:
    """确定公布范围。有关单位、本组、全县或者向社会公开；只公布等次，或者连得分一起公布。"""
    _refuse_unless_draft(bulletin)
    if audience.level == Level.UNIT and not units:
        raise RefusedError("请选择发给哪些单位", field="units")
    if audience.level == Level.GROUP and not audience.group:
        raise RefusedError("请选择哪一组", field="group")
    bulletin.level, bulletin.with_marks = audience.level, audience.with_marks
    bulletin.group = audience.group if audience.level == Level.GROUP else ""
    bulletin.limit = audience.limit or bulletin.limit
    written(bulletin, bulletin.text)
    bulletin.save()
    address(bulletin, units if audience.level == Level.UNIT else ())
    log(bulletin, StepKind.WRITE, by=by, once=True)
    return bulletin


@action(Permission.BULLETINS_EDIT)
def keep_reminder(bulletin: Bulletin, *, by: Actor, key: str, reason: str) -> KeptReminder:
    """保留提醒。写明理由，理由随通报一起送审。"""
    _refuse_unless_draft(bulletin)
    if not reason.strip():
        raise RefusedError("请写明为什么保留", field="reason")
    found = {each.remark.key: each.remark for each in Desk(bulletin).checked}
    if key not in found:
        raise RefusedError("稿子里已经没有这条提醒，请刷新页面")
    if found[key].must:
        raise RefusedError("这一处必须改，不能保留")
    kept = bulletin.kept.filter(key=key).first()
    if kept is None:
        return KeptReminder.objects.create(
            of=bulletin, key=key, reason=reason.strip(), kept_by_id=by.signature()
        )
    watch(kept)
    kept.reason, kept.kept_at, kept.kept_by_id = reason.strip(), timezone.now(), by.signature()
    kept.save()
    return kept


def of_this_office(kind: BulletinKind) -> Template:
    """The template that comes with the platform, under this office's name."""
    name = settings.OFFICE
    return shipped(SHIPPED[kind]).model_copy(
        update={"mark": f"{name}文件"[:MARK_CHARACTERS], "signatures": (name,)}
    )


def _refuse_unless_fit(ground: Ground, kind: BulletinKind) -> None:
    """A quarterly bulletin is about a quarter, every other about a run that was reviewed."""
    if not fits(kind, is_quarter=isinstance(ground, Quarter)):
        raise RefusedError("季度通报选一个季度，其他通报选一次得分结果", field="about_what")
    if not isinstance(ground, Quarter) and not runs_to_speak_of().filter(pk=ground.pk).exists():
        raise RefusedError("这次得分结果还没有审核，先审核再起草通报", field="about_what")


def _ground(ground: Ground) -> dict[str, Ground]:
    return {"quarter" if isinstance(ground, Quarter) else "result": ground}


def _started(row: Bulletin, text: Template, *, by: Actor) -> Bulletin:
    row.year, row.limit = row.ground.year, LIMITS[BulletinKind(row.kind)]
    row.number_code = text.number_code
    row.drafted_by_id = by.signature()
    written(row, text)
    row.save()
    log(row, StepKind.WRITE, by=by)
    return row


def written(row: Bulletin, content: Template) -> None:
    """Put the text down, with its title as it reads today and its digest; what was signed is gone."""
    if refused := too_much(content):
        raise RefusedError(refused)
    content = content.model_copy(update={"shows_marks": row.with_marks})
    row.content, row.printed = content.model_dump_json(), ""
    row.number_code = content.number_code
    row.title = Draft(known_around(row.ground), content).title[:TITLE]
    seal = row.result.seal if row.result else str(row.quarter)
    row.digest = digest_of(f"{row.content}\n{seal}\n{row.level}\n{row.group}")


def digest_of(text: str) -> str:
    """SHA-256, with the algorithm named."""
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def address(row: Bulletin, units: Sequence[Unit]) -> None:
    """These units and no others."""
    row.units.exclude(unit__in=units).delete()
    there = set(row.units.values_list("unit", flat=True))
    for unit in units:
        if unit.pk not in there:
            created(BulletinUnit.objects.create(bulletin=row, unit=unit))


def log(row: Bulletin, kind: StepKind, *, by: Actor, text: str = "", once: bool = False) -> None:
    """One line of its history; writing is noted once a person until it is submitted again."""
    last = row.steps.exclude(kind=StepKind.WRITE).order_by("-id").first()
    same = row.steps.filter(kind=kind, taken_by=by.account_id, id__gt=last.pk if last else 0)
    if once and same.exists():
        return
    created(
        BulletinStep.objects.create(
            bulletin=row, kind=kind, text=text[:500], digest=row.digest, taken_by_id=by.signature()
        )
    )


def _refuse_unless_draft(row: Bulletin) -> None:
    if row.state == BulletinState.DRAFT:
        return
    if row.state in SENT:
        raise RefusedError("已经印发，不能再改；有误的另起一稿更正")
    raise RefusedError(f"现在是“{row.get_state_display()}”，退回修改以后才能改")
