"""Which lists do the administrators see?"""

from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from jixiao.access.permissions import Role
from jixiao.core.signs import badge, link
from jixiao.core.tables import Column, Filter, Table
from jixiao.core.words import day, moment
from jixiao.system import queries

Row = Any
"""A row as its query gives it."""


def roles_of(account: Row) -> str:
    """Today's roles in words."""
    return "、".join(dict.fromkeys(Role(each.role).label for each in account.held)) or "没有角色"


def _account(account: Row) -> SafeString:
    return link(reverse("account", args=[account.pk]), account.username)


def _holder(grant: Row) -> SafeString:
    return link(reverse("grant", args=[grant.account_id]), grant.account)


def _entry(event: Row) -> SafeString:
    return link(reverse("audit_entry", args=[event.pk]), event.label)


def _who(event: Row) -> str:
    return f"{event.actor}（代{event.acting_for}）" if event.acting_for else event.actor


def _state(account: Row) -> SafeString:
    return badge("可以登录", "done") if account.is_active else badge("已停用", "plain")


ACCOUNTS = Table(
    name="账号",
    columns=(
        Column("username", "登录名", _account, sort="username", value=lambda a: a.username),
        Column("name", "姓名", lambda a: a.name, sort="name"),
        Column("roles", "今天的角色", roles_of),
        Column(
            "state", "状态", _state, sort="is_active",
            value=lambda a: "可以登录" if a.is_active else "已停用",
        ),
        Column("made", "开设", lambda a: day(a.made_at), sort="made_at"),
    ),
    filters=(Filter("active", "状态", [("True", "可以登录"), ("False", "已停用")], lookup="is_active"),),
    search=("username__icontains", "name__icontains"),
    order="username",
    empty=("还没有账号", "请开设第一个账号。"),
)  # fmt: skip


def grants_table() -> Table:
    """Grants; the names of units are read once for all rows."""
    names = queries.unit_names()
    return Table(
        name="授权",
        columns=(
            Column(
                "account", "账号", _holder, sort="account__username", value=lambda g: str(g.account)
            ),
            Column("role", "角色", lambda g: g.get_role_display(), sort="role"),
            Column("where", "范围", lambda g: queries.where(g, names)),
            Column("since", "起", lambda g: day(g.since), sort="since"),
            Column("until", "止", lambda g: day(g.until), sort="until"),
            Column("document", "依据", lambda g: g.document or None),
        ),
        filters=(Filter("role", "角色", Role.choices, lookup="role"),),
        search=("account__name__icontains", "account__username__icontains"),
        order="account",
        empty=("还没有授权", "请打开一个账号，授予它角色。"),
    )


EVENTS = Table(
    name="审计记录",
    columns=(
        Column("label", "做了什么", _entry, value=lambda e: e.label),
        Column("at", "时间", lambda e: moment(e.at), sort="id"),
        Column("actor", "谁", _who, sort="actor"),
        Column("subject", "对象", lambda e: e.subject_label or None),
        Column("reason", "为什么", lambda e: e.reason or None),
        Column("origin", "从哪里", lambda e: e.origin or None),
    ),
    filters=(Filter("action", "动作", queries.actions_in_use, lookup="action"),),
    search=("actor__icontains", "subject_label__icontains", "reason__icontains", "label__icontains"),
    order="-at",
    empty=("还没有审计记录", "任何人做了任何改动，都会在这里留下一条。"),
)  # fmt: skip
