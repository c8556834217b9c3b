"""Who took people, marks or the record along as a file? Each such download leaves one entry."""

import functools

from django.http import HttpResponseBase
from django.utils.http import parse_header_parameters

from jixiao.access.actor import Actor
from jixiao.access.page import Request, View
from jixiao.audit.models import Event

EXPORT = "access.export"
"""What entries about files that left are called."""


def recorded(view: View) -> View:
    """A page from which people, marks or the record can leave as a file; looking leaves no entry."""

    @functools.wraps(view)
    def answer(request: Request, *row: object, **kwargs: object) -> HttpResponseBase:
        found = view(request, *row, **kwargs)
        if file := found.get("Content-Disposition"):
            _record(request.actor, parse_header_parameters(file)[1]["filename"])
        return found

    return answer


def _record(by: Actor, file: str) -> None:
    Event.objects.create(
        action=EXPORT, label="导出", actor_id=by.account_id, actor=by.name,
        acting_for=by.acting_for, subject="", subject_label=file[:200], changes=[],
        origin=by.origin[:120],
    )  # fmt: skip
