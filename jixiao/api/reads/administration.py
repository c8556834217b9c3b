"""Who may do what, and who did what? For the three administrators, and everybody's own tokens."""

from functools import partial

from ninja import Query

from jixiao.access import queries as of_access
from jixiao.access.page import Request
from jixiao.access.permissions import ROLES, Permission
from jixiao.api import queries
from jixiao.api.reads.shared import reads
from jixiao.api.schemas import administration as told
from jixiao.api.schemas.shared import Me

_of_access = partial(reads, room="权限")


@_of_access("/me", Permission.HOME, gives=Me)
def me(request: Request) -> object:
    """我是谁，能做什么。"""
    actor = request.actor
    allowed = {each for held in actor.held for each in ROLES[held.role].permissions}
    return {
        "name": actor.name,
        "roles": [each.role.label for each in actor.held],
        "permissions": sorted(each for each in allowed if actor.may(each)),
    }


@_of_access("/accounts", Permission.ACCOUNTS_EDIT, gives=list[told.AccountOut])
def accounts(request: Request) -> object:
    """账号。连同今天持有的角色。"""
    return of_access.accounts()


@_of_access("/grants", Permission.GRANTS_EDIT, gives=list[told.GrantOut])
def grants(request: Request) -> object:
    """授权。今天谁有什么角色。"""
    return of_access.grants()


@_of_access("/tokens", Permission.OWN_ACCOUNT, gives=list[told.TokenOut])
def tokens(request: Request) -> object:
    """自己的接口令牌。"""
    return queries.own_tokens(request.actor)


@reads("/audit", Permission.AUDIT_SEE, gives=list[told.EventOut], room="审计")
def audit(request: Request, asked: Query[told.EventsAsked]) -> object:
    """审计记录。新的在前。"""
    return queries.events(action=asked.action, account=asked.account, subject=asked.subject)
