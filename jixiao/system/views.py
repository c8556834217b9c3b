"""Pages of the three administrators: accounts, grants, the record."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy

from jixiao.access import actions
from jixiao.access import queries as access
from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.audit.chain import HEADS_FILE, verify, waiting
from jixiao.audit.export import lines
from jixiao.system import queries, tables
from jixiao.system.forms import EndGrantForm, GrantForm, OpenAccountForm, ReasonForm

ACCOUNTS = ("账号", reverse_lazy("accounts"))
GRANTS = ("授权", reverse_lazy("grants"))
AUDIT = ("审计记录", reverse_lazy("audit_entries"))


@page(Permission.ACCOUNTS_EDIT)
def accounts(request: Request) -> HttpResponseBase:
    """账号。"""
    return tables.ACCOUNTS.of(queries.accounts_with_units(), request).answer("system/accounts.html")


@page(Permission.ACCOUNTS_EDIT)
def account_open(request: Request) -> HttpResponse:
    """开设账号。初始密码只显示一次。"""
    form = OpenAccountForm(request.POST or None)
    password = actions.first_password()
    if form.is_valid() and form.run(
        lambda: actions.open_account(
            form.facts["username"], by=request.actor, name=form.facts["name"], password=password
        )
    ):
        return render(
            request,
            "system/password.html",
            {"account": form.result, "password": password, "crumbs": [ACCOUNTS]},
        )
    return render(request, "system/open.html", {"form": form, "crumbs": [ACCOUNTS, ("开设", "")]})


@page(Permission.ACCOUNTS_EDIT, of=access.account)
def account(request: Request, row: access.AccountRow) -> HttpResponse:
    """一个账号。"""
    context = {"account": row, "roles": tables.roles_of(row), "crumbs": [ACCOUNTS, (row.name, "")]}
    return render(request, "system/account.html", context)


def _account_form(request: Request, row: access.AccountRow, name: str) -> HttpResponse:
    """One of the three things done to an account, each with a reason."""
    do, title, done = {
        "disable": (actions.disable_account, "停用账号", "已停用，正在用的登录立刻失效"),
        "enable": (actions.enable_account, "恢复账号", "已恢复，可以登录"),
    }[name]
    form = ReasonForm(request.POST or None, initial={"version": row.version})
    if form.is_valid() and form.run(lambda: do(row, by=request.actor, **form.facts)):
        messages.success(request, done)
        return redirect("account", row.pk)
    return render(
        request,
        "system/reason.html",
        {"form": form, "title": title, "crumbs": [ACCOUNTS, (row.name, "")]},
    )


@page(Permission.ACCOUNTS_EDIT, of=access.account)
def account_disable(request: Request, row: access.AccountRow) -> HttpResponse:
    """停用账号。"""
    return _account_form(request, row, "disable")


@page(Permission.ACCOUNTS_EDIT, of=access.account)
def account_enable(request: Request, row: access.AccountRow) -> HttpResponse:
    """恢复账号。"""
    return _account_form(request, row, "enable")


@page(Permission.ACCOUNTS_EDIT, of=access.account)
def account_reset(request: Request, row: access.AccountRow) -> HttpResponse:
    """重置密码。"""
    form = ReasonForm(request.POST or None, initial={"version": row.version})
    password = actions.first_password()
    if form.is_valid() and form.run(
        lambda: actions.reset_password(row, by=request.actor, password=password, **form.facts)
    ):
        return render(
            request,
            "system/password.html",
            {"account": row, "password": password, "crumbs": [ACCOUNTS]},
        )
    return render(
        request,
        "system/reason.html",
        {"form": form, "title": "重置密码", "crumbs": [ACCOUNTS, (row.name, "")]},
    )


@page(Permission.GRANTS_EDIT)
def grants(request: Request) -> HttpResponseBase:
    """谁有什么角色。"""
    table = tables.grants_table().of(queries.grants(), request)
    return table.answer("system/grants.html", locked=queries.locked())


@page(Permission.GRANTS_EDIT, of=access.account)
def grant(request: Request, row: access.AccountRow) -> HttpResponse:
    """一个账号的角色：授予、收回。"""
    form = GrantForm(request.POST or None)
    if form.is_valid() and form.run(
        lambda: actions.grant_role(row, by=request.actor, **form.grant)
    ):
        messages.success(request, "已授予，下一次打开页面就生效")
        return redirect("grant", row.pk)
    names = queries.unit_names()
    held = [(each, queries.where(each, names)) for each in queries.own_grants(row)]
    context = {"account": row, "form": form, "held": held, "crumbs": [GRANTS, (row.name, "")]}
    return render(request, "system/grant.html", context)


@page(Permission.GRANTS_EDIT, of=queries.grant)
def grant_end(request: Request, row: queries.GrantRow) -> HttpResponse:
    """收回角色。"""
    form = EndGrantForm(request.POST or None)
    if form.is_valid() and form.run(lambda: actions.end_grant(row, by=request.actor, **form.facts)):
        messages.success(request, "已收回")
        return redirect("grant", row.account_id)
    context = {"form": form, "title": f"收回{row}", "crumbs": [GRANTS, (row.account.name, "")]}
    return render(request, "system/reason.html", context)


@page(Permission.AUDIT_SEE)
def audit_entries(request: Request) -> HttpResponseBase:
    """审计记录。"""
    table = tables.EVENTS.of(queries.events(), request)
    return table.answer(
        "system/audit.html", chained=queries.chain_length(), waiting=waiting().count()
    )


@page(Permission.AUDIT_SEE, of=queries.event)
def audit_entry(request: Request, row: queries.EventRow) -> HttpResponse:
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
    """核验审计链。"""
    found = verify(settings.DATA / HEADS_FILE)
    return render(request, "system/verify.html", {"found": found, "crumbs": [AUDIT, ("核验", "")]})


@page(Permission.AUDIT_SEE)
def audit_export(request: Request) -> StreamingHttpResponse:
    """导出审计记录，一行一条，附链值。"""
    answer = StreamingHttpResponse(lines(), content_type="application/jsonl; charset=utf-8")
    answer["Content-Disposition"] = "attachment; filename*=UTF-8''audit.jsonl"
    return answer


@page(Permission.HOME)
def register(request: Request) -> HttpResponse:
    """系统里的每一种写入。"""
    return render(request, "system/register.html", {"entries": queries.register()})


@page(Permission.HOME)
def roles(request: Request) -> HttpResponse:
    """角色和权限。"""
    return render(request, "system/roles.html", {"roles": queries.role_table()})
