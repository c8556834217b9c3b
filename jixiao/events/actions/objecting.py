"""How is an objection to a matter under notice raised and answered?"""

from typing import Annotated, TypeAlias

from django.utils import timezone
from pydantic import Field

from jixiao.access.action import action
from jixiao.access.actor import Actor, Place
from jixiao.access.permissions import Permission
from jixiao.audit.trail import watch
from jixiao.core.errors import RefusedError
from jixiao.events.actions.moving import cleared
from jixiao.events.actions.steps import go, written
from jixiao.events.models import Matter, Objection
from jixiao.events.states import SEND_BACK, MatterState

Who: TypeAlias = Annotated[str, Field(max_length=60)]


@action(Permission.HOME)
def raise_objection(matter: Matter, *, by: Actor, text: str, who: Who = "") -> Objection:
    """对公示提出异议。登录的人署自己的名；书面提出的，由县绩效办登记署名或盖章单位。"""
    if who.strip():
        by.require(Permission.EVENTS_EDIT, Place())
    is_running = matter.notice_until is not None and timezone.localdate() <= matter.notice_until
    if matter.state != MatterState.NOTICED or not (is_running or who.strip()):
        raise RefusedError("这件事项不在公示，现在不能提出异议")
    return Objection.objects.create(
        matter=matter,
        who=who.strip() or by.name,
        text=written(text, "异议的内容和依据"),
        raised_at=timezone.now(),
        raised_by_id=by.signature(),
    )


@action(Permission.EVENTS_EDIT)
def answer_objection(objection: Objection, *, by: Actor, answer: str, is_upheld: bool) -> Objection:
    """答复异议。异议成立的，事项退回更正，重新核对、公示；由提出的人以外的人答复。"""
    if objection.answered_at:
        raise RefusedError("这条异议已经答复过")
    if objection.raised_by_id == by.account_id and objection.who == by.name:
        raise RefusedError("自己提的异议要由其他人答复")
    objection.answer = written(answer, "答复", "answer")
    objection.is_upheld = is_upheld
    objection.answered_at, objection.answered_by_id = timezone.now(), by.signature()
    objection.save()
    matter = objection.matter
    if is_upheld and matter.state in SEND_BACK.origin:
        watch(matter)
        go(matter, SEND_BACK, by=by, text=f"异议成立：{objection.answer}"[:500])
        cleared(matter)
    return objection
