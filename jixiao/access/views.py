"""Pages of one's own account: how one signs in, the password, the keys for programs."""

from typing import cast

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from jixiao.access import actions, queries
from jixiao.access.forms import NewPasswordForm, NewTokenForm
from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.access.queries import AccountRow, TokenRow
from jixiao.core.forms import ActionForm


@page(Permission.OWN_ACCOUNT)
def security(request: Request) -> HttpResponse:
    """登录安全。"""
    account = _own(request)
    told = {
        "account": account,
        "methods": queries.sign_in_methods(account),
        "tokens": queries.tokens(account),
        "required": queries.lacks_second_factor(request.actor),
    }
    return render(request, "access/security.html", told)


@page(Permission.OWN_ACCOUNT)
@never_cache
@sensitive_post_parameters()
def change_password(request: Request) -> HttpResponse:
    """修改密码。"""
    account = _own(request)
    form = NewPasswordForm(request.POST or None, request=request)
    if form.is_valid() and form.run(lambda: _changed(account, form, request)):
        messages.success(request, "密码已修改，其他地方的登录已退出")
        return redirect(_back(request))
    told = {"form": form, "account": account, "next": _back(request)}
    return render(request, "access/password.html", told)


@page(Permission.OWN_ACCOUNT)
@never_cache
def make_token(request: Request) -> HttpResponse:
    """生成接口令牌。"""
    form = NewTokenForm(request.POST or None, actor=request.actor)
    secret = actions.new_token()
    if form.is_valid() and form.run(
        lambda: actions.make_token(
            form.cleaned_data["name"], by=request.actor, secret=secret,
            permissions=form.cleaned_data["permissions"], until=form.cleaned_data["until"],
        )
    ):  # fmt: skip
        return render(request, "access/token_made.html", {"token": form.result, "secret": secret})
    return render(request, "access/token_form.html", {"form": form})


@page(Permission.OWN_ACCOUNT, of=queries.token)
def revoke_token(request: Request, row: TokenRow) -> HttpResponse:
    """作废接口令牌。"""
    if row.account_id != request.actor.account_id:
        raise Http404("没有这个令牌")
    form = ActionForm(request.POST)
    if request.method == "POST" and form.is_valid():
        done = form.run(lambda: actions.revoke_token(row, by=request.actor))
        told = f"令牌“{row.name}”已作废" if done else "".join(map(str, form.non_field_errors()))
        messages.add_message(request, messages.SUCCESS if done else messages.ERROR, told)
    return redirect("account_security")


def _own(request: Request) -> AccountRow:
    """The account of whoever asks."""
    return cast("AccountRow", request.user)


def _changed(account: AccountRow, form: NewPasswordForm, request: Request) -> AccountRow:
    """Change the password and stay signed in here."""
    changed = actions.change_password(
        account, by=request.actor, password=form.cleaned_data["password"]
    )
    update_session_auth_hash(request, changed)
    return changed


def _back(request: Request) -> str:
    """The page that was asked for before the password had to be changed."""
    asked = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()})
    return asked if safe else reverse("account_security")
