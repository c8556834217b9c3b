"""How does the office keep its own templates of bulletins?"""

from django.utils import timezone

from jixiao.access.action import action
from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.bulletins.actions.drafting import of_this_office
from jixiao.bulletins.blocks import too_much
from jixiao.bulletins.models import BulletinTemplate
from jixiao.bulletins.queries.templates import templates
from jixiao.bulletins.states import BulletinKind
from jixiao.bulletins.template import Template
from jixiao.core.errors import RefusedError


@action(Permission.BULLETINS_EDIT)
def make_template(
    name: str, *, by: Actor, kind: BulletinKind, content: Template | None = None
) -> BulletinTemplate:
    """新设通报模板。从随平台的模板起，改成本机关的文字；已有的通报不受影响。"""
    name = name.strip()
    if not name or len(name) > 40:
        raise RefusedError("请写模板名称，最多40字", field="name")
    if templates().filter(name=name).exists():
        raise RefusedError("已经有同名的模板，请换一个名称", field="name")
    text = content or of_this_office(BulletinKind(kind))
    _refuse_too_much(text)
    return BulletinTemplate.objects.create(
        name=name, kind=kind, content=text.model_dump_json(), written_by_id=by.signature()
    )


@action(Permission.BULLETINS_EDIT)
def rewrite_template(
    template: BulletinTemplate, *, by: Actor, content: Template
) -> BulletinTemplate:
    """修改通报模板。只影响以后起草的通报。"""
    if template.is_retired:
        raise RefusedError("这个模板已不再使用")
    _refuse_too_much(content)
    template.content = content.model_dump_json()
    template.written_at, template.written_by_id = timezone.now(), by.signature()
    template.save()
    return template


@action(Permission.BULLETINS_EDIT)
def retire_template(template: BulletinTemplate, *, by: Actor, reason: str = "") -> BulletinTemplate:
    """不再使用通报模板。已经起草的通报不受影响。"""
    template.is_retired = True
    template.save()
    return template


def _refuse_too_much(content: Template) -> None:
    if refused := too_much(content):
        raise RefusedError(refused)
