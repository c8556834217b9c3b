"""How does somebody without an account rate, on any telephone, without script and without a name?"""

import hashlib

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from jixiao.access.page import open_page
from jixiao.core.errors import RefusedError
from jixiao.ratings.actions.voting import UNKNOWN_CODE, found_code, vote_by_code
from jixiao.ratings.forms import BallotForm, CodeForm
from jixiao.ratings.queries import polls as queries
from jixiao.ratings.queries.polls import CodeRow

TRIES, WINDOW = 20, 10 * 60
"""Wrong codes from one address within so many seconds; a village may share one address."""
WAIT = "连续输错太多次，请过十分钟再试；码看不清的，请向发码的工作人员换一张"


@open_page
@never_cache
def rate(request: HttpRequest) -> HttpResponse:
    """凭评议码评议。"""
    form = CodeForm(request.POST or None)
    if not form.is_valid():
        return _page(request, form=form)
    key = _address(request)
    if cache.get(key, 0) >= TRIES:
        return _page(request, form=form, refused=WAIT, status=429)
    try:
        code = found_code(form.cleaned_data["code"])
    except RefusedError as error:
        if error.message == UNKNOWN_CODE:
            _count_wrong(key)
        return _page(request, form=form, refused=error.message, status=422)
    return _ballot(request, form, code)


def _ballot(request: HttpRequest, form: CodeForm, code: CodeRow) -> HttpResponse:
    """The ballot of a code; when it was filled in and counted, thanks."""
    text, lines = form.cleaned_data["code"], queries.ballot(code.poll, only=code.rated_id)
    ballot = BallotForm(request.POST if "ballot" in request.POST else None, lines=lines)
    if ballot.is_valid() and ballot.run(lambda: vote_by_code(text, ballot.choices)):
        return redirect("rate_thanks")
    status = 422 if ballot.errors else 200
    return _page(request, form=form, ballot=ballot, poll=code.poll, status=status)


@open_page
def rate_thanks(request: HttpRequest) -> HttpResponse:
    """票已计入。"""
    return render(request, "ratings/thanks.html")


def _page(request: HttpRequest, *, status: int = 200, **context: object) -> HttpResponse:
    return render(request, "ratings/rate.html", context, status=status)


def _address(request: HttpRequest) -> str:
    """Where wrong codes are counted: in memory only, forgotten after ten minutes."""
    address = request.META.get("REMOTE_ADDR", "")
    return "rate:" + hashlib.sha256(address.encode()).hexdigest()[:32]


def _count_wrong(key: str) -> None:
    cache.add(key, 0, WINDOW)
    cache.incr(key)
