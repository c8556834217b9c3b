"""How does anything get written? Permission, lock, one transaction, one audit entry: an action."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.db import IntegrityError, transaction
from django.db.models import Model

from jixiao.access.actor import Actor, place_of
from jixiao.access.permissions import Permission
from jixiao.audit.models import Event
from jixiao.audit.trail import Trail, trail
from jixiao.core.errors import RepeatedError, StaleError

S = TypeVar("S")
R = TypeVar("R")
W = ParamSpec("W")


@dataclass(frozen=True)
class Registered:
    """One way to write: its name, what people read of it, and the permission it needs."""

    name: str
    sentence: str
    permission: Permission
    function: Callable[..., Any]
    """As it is written: its parameters are what callers give."""
    perform: Callable[..., Any]
    """With permission, lock, transaction and audit."""

    @property
    def label(self) -> str:
        """The short name: the sentence up to its first full stop."""
        return self.sentence.split("。")[0]


REGISTER: dict[str, Registered] = {}
"""Every write in the system, by ``room.function``."""


def action(
    permission: Permission,
) -> Callable[[Callable[Concatenate[S, W], R]], Callable[Concatenate[S, W], R]]:
    """Make a function ``do(subject, *, by, …)`` an action; its docstring is what users read.

    The subject's place must lie within the reach of a role of ``by``. A subject that is a stored
    row is read again under a lock; ``version``, where given, must still be the row's. Keyword
    ``reason`` goes into the entry. DeniedError, StaleError, RepeatedError, and the function's own.
    """

    def decorate(function: Callable[Concatenate[S, W], R]) -> Callable[Concatenate[S, W], R]:
        room = function.__module__.split(".")[1]
        sentence = " ".join((function.__doc__ or "").split())
        name = f"{room}.{function.__name__}"

        @functools.wraps(function)
        def perform(subject: S, *args: W.args, **facts: W.kwargs) -> R:
            by: Actor = facts["by"]  # type: ignore[assignment]
            by.require(permission, place_of(subject))
            version = facts.pop("version", None)
            with transaction.atomic(), trail() as rows:
                _refuse_repeated(by)
                row = _locked(subject, rows, version)
                result = function(row, *args, **facts)
                _record(entry, by=by, rows=rows, result=result, reason=facts.get("reason"))
            return result

        entry = REGISTER[name] = Registered(name, sentence, permission, function, perform)
        return cast("Callable[Concatenate[S, W], R]", perform)

    return decorate


def _refuse_repeated(by: Actor) -> None:
    if by.once and Event.objects.filter(once=by.once).exists():
        raise RepeatedError("这张表已经提交过，以第一次为准")


def _locked(subject: S, rows: Trail, version: object) -> S:
    if not isinstance(subject, Model) or subject.pk is None:
        return subject
    row: Model = subject._meta.model._default_manager.select_for_update().get(pk=subject.pk)
    if version is not None and version != getattr(row, "version", None):
        raise StaleError(row)
    rows.watch(row)
    return cast("S", row)


def _record(entry: Registered, *, by: Actor, rows: Trail, result: object, reason: object) -> None:
    """One entry for the whole action; rows with a version move on to the next."""
    if isinstance(result, Model):
        rows.watch(result, new=True)
    changes = rows.changes()
    for row in rows.altered():
        if hasattr(row, "version"):
            row.version += 1
            type(row)._default_manager.filter(pk=row.pk).update(version=row.version)
    first = next(iter([*changes, *rows.named()]), {"row": "", "label": ""})
    try:
        Event.objects.create(
            action=entry.name, label=entry.label[:60], actor_id=by.account_id, actor=by.name,
            acting_for=by.acting_for, subject=first["row"], subject_label=first["label"][:200],
            changes=changes, reason=str(reason or ""), origin=by.origin[:120], once=by.once,
        )  # fmt: skip
    except IntegrityError as error:
        raise RepeatedError("这张表已经提交过，以第一次为准") from error
