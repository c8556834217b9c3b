"""What can programs ask for? Lists are cut by ``limit`` and ``offset``; every answer is in reach."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import Http404
from ninja import Query, Router
from ninja.pagination import LimitOffsetPagination, paginate

from jixiao.access.page import Request
from jixiao.access.permissions import ROLES, Permission, Role
from jixiao.api import queries, schemas

router = Router(tags=["读"])
PERMISSIONS: dict[str, Permission] = {}
"""Which permission each read needs, by the name of its address."""
Answer = Callable[..., object]


def reads(path: str, permission: Permission, *, gives: object) -> Callable[[Answer], Answer]:
    """Register a read that needs ``permission``; a list is given page by page."""

    def decorate(answer: Answer) -> Answer:
        @functools.wraps(answer)
        def guarded(request: Request, *args: Any, **named: Any) -> object:
            request.actor.require(permission, None)
            return answer(request, *args, **named)

        name = f"api_{answer.__name__}"
        PERMISSIONS[name] = permission
        summary = (answer.__doc__ or "").split("。")[0]
        is_list = getattr(gives, "__origin__", None) is list
        view = paginate(LimitOffsetPagination)(guarded) if is_list else guarded
        return router.get(path, response=gives, summary=summary, url_name=name)(view)

    return decorate


def found(row: object | None) -> object:
    """The row, or 404 with a sentence."""
    if row is None:
        raise Http404("没有这一条，可能已经撤销或编号不对")
    return row


@reads("/me", Permission.HOME, gives=schemas.Me)
def me(request: Request) -> object:
    """我是谁，能做什么。"""
    actor = request.actor
    allowed = {each for held in actor.held for each in ROLES[held.role].permissions}
    return {
        "name": actor.name,
        "roles": [each.role.label for each in actor.held],
        "permissions": sorted(each for each in allowed if actor.may(each)),
    }


@reads("/units", Permission.UNITS_SEE, gives=list[schemas.UnitOut])
def units(request: Request, asked: Query[schemas.UnitsAsked]) -> object:
    """单位。按名称、别名、拼音查，closed 连已撤销的一起。"""
    return queries.units(words=asked.q, kind=asked.kind, open_only=not asked.closed)


@reads("/units/{int:pk}", Permission.UNITS_SEE, gives=schemas.UnitCardOut)
def unit(request: Request, pk: int) -> object:
    """一个单位：名称、别名、沿革。"""
    return found(queries.unit_card(pk))


@reads("/duties", Permission.UNITS_SEE, gives=list[schemas.DutyOut])
def duties(request: Request, asked: Query[schemas.OfUnit]) -> object:
    """领导小组、分管人、联络员。"""
    return queries.duties(asked.unit)


@reads("/people", Permission.PEOPLE_EDIT, gives=list[schemas.PersonOut])
def people(request: Request, asked: Query[schemas.Words]) -> object:
    """人员。只给维护人员名单的人。"""
    return queries.people(asked.q)


@reads("/conditions", Permission.CONDITIONS_EDIT, gives=list[schemas.ConditionOut])
def conditions(request: Request) -> object:
    """办公条件：全县的，或本单位的。"""
    actor = request.actor
    return queries.conditions(actor, county=actor.has_role(Role.OFFICE, Role.OFFICE_HEAD))


@reads("/audit", Permission.AUDIT_SEE, gives=list[schemas.EventOut])
def audit(request: Request) -> object:
    """审计记录，新的在前。"""
    return queries.events()
