"""How does a deputy work for somebody away? Knowingly, from one click to another, named in the record.

While a person stands in, the absent person's roles in that unit come to their own, and every entry
names both. It ends with the delegation, with a click, or with the session.
"""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jixiao.access import queries as access
from jixiao.access.actor import Actor
from jixiao.access.page import Request, page
from jixiao.access.permissions import Permission
from jixiao.access.signin.entries import note
from jixiao.portal.queries.standing import delegations_to, lent_by

KEY = "stands_in"
"""The number of the delegation, in the session."""
ACTION = "portal.stand_in"


def standing_in_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Whoever stands in acts with the lent roles too, as long as the delegation holds."""

    def middleware(request: HttpRequest) -> HttpResponse:
        actor: Actor | None = request.actor  # type: ignore[attr-defined]
        if actor is not None and KEY in request.session:
            lent = lent_by(request.session[KEY], actor)
            if lent is None:
                del request.session[KEY]
            else:
                name = lent.delegation.absent.name
                request.actor = access.standing_in(actor, others=lent.held, name=name)  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


@page(Permission.HOME)
def standing_in(request: Request) -> HttpResponse:
    """代办：可以代谁办理。"""
    return render(
        request, "portal/standing_in.html", {"delegations": delegations_to(request.actor)}
    )


@page(Permission.HOME)
def stand_in(request: Request, pk: int) -> HttpResponse:
    """开始代办。"""
    lent = lent_by(pk, request.actor)
    if lent is None:
        raise Http404("没有这项委托，或者它已经结束，或者委托人在这个单位没有角色")
    if request.method != "POST":
        return redirect("standing_in")
    request.session[KEY] = pk
    _note(request, f"开始代{lent.delegation.absent.name}办理")
    messages.success(request, f"从现在起您代{lent.delegation.absent.name}办理，审计记录写明两个人")
    return redirect("home")


@page(Permission.HOME)
def stand_back(request: Request) -> HttpResponse:
    """结束代办。"""
    if request.method == "POST" and request.session.pop(KEY, None):
        _note(request, "结束代办")
        messages.success(request, "已结束代办，您回到自己的角色")
    return redirect("home")


def _note(request: Request, label: str) -> None:
    account = access.account(request.actor.signature())
    note(request, label, account=account, action=ACTION)
