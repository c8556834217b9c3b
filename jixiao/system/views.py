"""Pages of the three administrators: accounts, grants, the record."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache

from jixiao.access import actions
from jixiao.access import queries as access
from jixiao.access.export import recorded
from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.access.queries import AccountRow
from jixiao.access.signin.entries import note
from jixiao.audit.chain import HEADS_FILE, verify
from jixiao.audit.export import lines
from jixiao.core.forms import ActionForm
from jixiao.system import queries, tables
from jixiao.system.forms import AccountReasonForm, GrantForm, OpenAccountForm, ReasonForm
from jixiao.system.queries import EventRow, GrantRow, Narrowed

ACCOUNTS = ("账号", reverse_lazy("accounts"))
GRANTS = ("授权", reverse_lazy("grants"))
AUDIT = ("审计记录", reverse_lazy("audit_entries"))
FEW = 20
"""Accounts without a role that are shown at once."""


def tabs(request: Request) -> list[tuple[str, str]]:
    """The pages side by side that this administrator has."""
    may = request.actor.may
    own = [
        ("账号", "accounts", may(Permission.ACCOUNTS_EDIT)),
        ("现有授权", "grants", may(Permission.GRANTS_EDIT)),
        ("以前的授权", "grants_before", may(Permission.GRANTS_EDIT)),
        ("被锁定的", "locked", may(Permission.GRANTS_EDIT)),
        ("审计记录", "audit_entries", may(Permission.AUDIT_SEE)),
        ("核验", "audit_verify", may(Permission.AUDIT_SEE)),
        ("角色和权限", "roles", True),
        ("每一种写入", "register", True),
    ]
    return [(label, reverse(route)) for label, route, allowed in own if allowed]


@page(Permission.ACCOUNTS_EDIT)
@recorded
def accounts(request: Request) -> HttpResponseBase:
    """账号。"""
    table = tables.ACCOUNTS.of(queries.accounts_and_roles(), request)
    return table.answer("system/accounts.html", tabs=tabs(request))


@page(Permission.ACCOUNTS_EDIT)
@never_cache
def account_open(request: Request) -> HttpResponse:
    """开设账号。初始密码只显示一次。"""
    form, password = OpenAccountForm(request.POST or None), actions.first_password()
    if form.is_valid() and form.run(
        lambda: actions.open_account(
            form.cleaned_data["username"], by=request.actor,
            name=form.cleaned_data["name"], password=password,
        )
    ):  # fmt: skip
        return _slip(request, form.result, password)
    return render(request, "system/open.html", {"form": form, "crumbs": [ACCOUNTS, ("开设", "")]})


@page(Permission.ACCOUNTS_EDIT, of=access.account)
def account(request: Request, row: AccountRow) -> HttpResponse:
    """一个账号。"""
    context = {
        "account": row,
        "roles": tables.roles_of(row),
        "methods": access.sign_in_methods(row),
        "crumbs": [ACCOUNTS, (row.name, "")],
    }
    return render(request, "system/account.html", context)


@page(Permission.ACCOUNTS_EDIT, of=access.account)
def account_disable(request: Request, row: AccountRow) -> HttpResponse:
    """停用账号。"""
    return _with_reason(request, row, do=actions.disable_account, done="已停用，正在用的立刻退出")


@page(Permission.ACCOUNTS_EDIT, of=access.account)
def account_enable(request: Request, row: AccountRow) -> HttpResponse:
    """恢复账号。"""
    return _with_reason(request, row, do=actions.enable_account, done="已恢复，可以登录")


@page(Permission.ACCOUNTS_EDIT, of=access.account)
@never_cache
def account_reset(request: Request, row: AccountRow) -> HttpResponse:
    """重置密码。新的初始密码只显示一次。"""
    form = AccountReasonForm(request.POST or None, initial={"version": row.version})
    password = actions.first_password()
    if form.is_valid() and form.run(
        lambda: actions.reset_password(row, by=request.actor, password=password, **form.facts)
    ):
        return _slip(request, row, password)
    context = {"form": form, "title": "重置密码", "account": row}
    return render(request, "system/reason.html", context | {"crumbs": [ACCOUNTS, (row.name, "")]})


@page(Permission.GRANTS_EDIT)
@recorded
def grants(request: Request) -> HttpResponseBase:
    """谁有什么角色。"""
    table = tables.grants_table().of(queries.grants_now(), request)
    waiting = queries.accounts_without_role()
    told = {"waiting": waiting[:FEW], "waits": waiting.count(), "locks": access.locks()}
    return table.answer("system/grants.html", tabs=tabs(request), **told)


@page(Permission.GRANTS_EDIT)
@recorded
def grants_before(request: Request) -> HttpResponseBase:
    """谁以前有什么角色。"""
    table = tables.grants_table().of(queries.grants_before(), request)
    return table.answer("system/grants_before.html", tabs=tabs(request))


@page(Permission.GRANTS_EDIT, of=access.account)
def grant(request: Request, row: AccountRow) -> HttpResponse:
    """一个账号的角色：授予、收回。"""
    form = GrantForm(request.POST or None)
    if form.is_valid() and form.run(lambda: _granted(request, row, form)):
        messages.success(request, "已授予，下一次打开页面就生效")
        return redirect("grant", row.pk)
    names = queries.unit_names()
    held = [(each, queries.where(each, names)) for each in queries.own_grants(row)]
    told = {"account": row, "form": form, "held": held, "methods": access.sign_in_methods(row)}
    return render(request, "system/grant.html", told | {"crumbs": [GRANTS, (row.name, "")]})


@page(Permission.GRANTS_EDIT, of=access.grant)
def grant_end(request: Request, row: GrantRow) -> HttpResponse:
    """收回角色。"""
    form = ReasonForm(request.POST or None)
    if form.is_valid() and form.run(lambda: actions.end_grant(row, by=request.actor, **form.facts)):
        messages.success(request, "已收回")
        return redirect("grant", row.account_id)
    told = {"form": form, "title": f"收回{row.get_role_display()}", "account": row.account}
    return render(
        request, "system/reason.html", told | {"crumbs": [GRANTS, (row.account.name, "")]}
    )


@page(Permission.GRANTS_EDIT)
def locked(request: Request) -> HttpResponse:
    """被锁定的登录名。"""
    return render(request, "system/locked.html", {"locks": access.locks(), "tabs": tabs(request)})


@page(Permission.GRANTS_EDIT, of=access.account)
def unlock(request: Request, row: AccountRow) -> HttpResponse:
    """解除锁定。"""
    form = ActionForm(request.POST)
    if request.method == "POST" and form.is_valid():
        if form.run(lambda: actions.unlock_account(row, by=request.actor)):
            messages.success(request, f"{row.name}现在就可以再登录")
        for error in form.non_field_errors():
            messages.error(request, str(error))
    return redirect("locked")


@page(Permission.GRANTS_EDIT, of=access.account)
def second_factor_reset(request: Request, row: AccountRow) -> HttpResponse:
    """重置两步验证。"""
    form = ReasonForm(request.POST or None)
    if form.is_valid() and form.run(
        lambda: actions.reset_second_factor(row, by=request.actor, **form.facts)
    ):
        messages.success(request, f"{row.name}的两步验证已去掉，请本人登录后重新设置")
        return redirect("grant", row.pk)
    context = {"form": form, "title": "重置两步验证", "account": row}
    return render(request, "system/reason.html", context | {"crumbs": [GRANTS, (row.name, "")]})


@page(Permission.AUDIT_SEE, of=queries.part)
@recorded
def audit_entries(request: Request, part: Narrowed) -> HttpResponseBase:
    """审计记录，全部的，或一天、一个人、一个对象的。"""
    if day := request.GET.get("day"):
        return redirect("audit_day", day)
    table = tables.EVENTS.of(queries.events(part), request)
    told = {"part": part, "chained": queries.chain_length(), "today": timezone.localdate()}
    return table.answer("system/audit.html", tabs=tabs(request), **told)


@page(Permission.AUDIT_SEE, of=queries.event)
def audit_entry(request: Request, row: EventRow) -> HttpResponse:
    """一条审计记录：改动前后。"""
    context = {
        "event": row,
        "changes": queries.changes_of(row),
        "link": queries.link_of(row),
        "crumbs": [AUDIT, (f"第 {row.pk} 条", "")],
    }
    return render(request, "system/entry.html", context)


@page(Permission.AUDIT_SEE)
def audit_verify(request: Request) -> HttpResponse:
    """核验审计链：重算每一条。核验过也留一条记录。"""
    found = verify(settings.DATA / HEADS_FILE) if request.method == "POST" else None
    if found:
        told = f"发现{len(found.problems)}处问题" if found.problems else f"{found.links}条完整"
        _note(request, f"核验审计记录：{told}", "audit.verify")
    return render(request, "system/verify.html", {"found": found, "tabs": tabs(request)})


@page(Permission.AUDIT_SEE)
@recorded
def audit_export(request: Request) -> StreamingHttpResponse:
    """导出审计记录，一行一条，附链值。导出过也留一条记录。"""
    answer = StreamingHttpResponse(lines(), content_type="application/jsonl; charset=utf-8")
    name = f"全部审计记录{timezone.localdate():%Y%m%d}.jsonl"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer


@page(Permission.HOME)
def register(request: Request) -> HttpResponse:
    """系统里的每一种写入。"""
    context = {"entries": queries.register(), "tabs": tabs(request)}
    return render(request, "system/register.html", context)


@page(Permission.HOME)
def roles(request: Request) -> HttpResponse:
    """角色和权限。"""
    context = {
        "roles": queries.role_rules(),
        "permissions": queries.permission_table(),
        "tabs": tabs(request),
    }
    return render(request, "system/roles.html", context)


def _with_reason(
    request: Request, row: AccountRow, *, do: Callable[..., AccountRow], done: str
) -> HttpResponse:
    """Something that is done to an account for a reason."""
    form = AccountReasonForm(request.POST or None, initial={"version": row.version})
    if form.is_valid() and form.run(lambda: do(row, by=request.actor, **form.facts)):
        messages.success(request, done)
        return redirect("account", row.pk)
    title = str(do.__doc__).split("。")[0]
    context = {"form": form, "title": title, "account": row}
    return render(request, "system/reason.html", context | {"crumbs": [ACCOUNTS, (row.name, "")]})


def _granted(request: Request, row: AccountRow, form: GrantForm) -> GrantRow:
    role, key = form.chosen
    document = form.cleaned_data["document"]
    return actions.grant_role(row, by=request.actor, role=role, key=key, document=document)


def _slip(request: Request, row: AccountRow | None, password: str) -> HttpResponse:
    """The sheet with a first password; a form that came twice has none to show any more."""
    if row is None:
        messages.warning(request, "这张表已经办过。没有记下初始密码的，请重置密码")
        return redirect("accounts")
    address = request.build_absolute_uri("/")
    context: dict[str, Any] = {"account": row, "password": password, "address": address}
    return render(request, "system/slip.html", context | {"crumbs": [ACCOUNTS, (row.name, "")]})


def _note(request: Request, label: str, action: str) -> None:
    account = access.account(request.actor.signature())
    note(request, label, account=account, action=action)
