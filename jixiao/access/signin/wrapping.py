"""How do the library's views become pages of this house: a declared permission, an entry?"""

import functools

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from requests import RequestException

from jixiao.access import queries
from jixiao.access.models import Account
from jixiao.access.page import Page, View, open_page, page
from jixiao.access.permissions import Permission
from jixiao.access.signin.entries import note


def own(view: View) -> Page:
    """A view about one's own account."""
    return page(Permission.OWN_ACCOUNT)(view)


def own_change(view: View) -> Page:
    """A view that may change how one signs in: what it changed becomes an entry, or neither is."""

    @functools.wraps(view)
    def told(request: HttpRequest, **kwargs: object) -> HttpResponseBase:
        account = request.user
        if request.method != "POST" or not isinstance(account, Account):
            return view(request, **kwargs)
        with transaction.atomic():
            before = queries.second_factors(account)
            answer = view(request, **kwargs)
            _note_difference(request, account, before=before)
        return answer

    return own(told)


def from_outside(view: View) -> Page:
    """A view that asks the identity provider: when that is down or talks nonsense, it is said."""

    @functools.wraps(view)
    def answered(request: HttpRequest, **kwargs: object) -> HttpResponseBase:
        try:
            return view(request, **kwargs)
        except (RequestException, LookupError):
            return render(request, "socialaccount/authentication_error.html", status=502)

    return open_page(answered)


def _note_difference(request: HttpRequest, account: Account, *, before: dict[int, str]) -> None:
    after = queries.second_factors(account)
    for number in before.keys() | after.keys():
        match before.get(number), after.get(number):
            case None, new:
                note(request, f"增加登录方式：{new}", account=account)
            case old, None:
                note(request, f"去掉登录方式：{old}", account=account)
            case old, new if old != new:
                note(request, f"改登录方式的名字：{new}", account=account)
