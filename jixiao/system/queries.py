"""What do the three administrators look at? Accounts, grants, locks and the record; never marks."""

from collections.abc import Iterator
from dataclasses import dataclass

from axes.models import AccessAttempt
from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Model, QuerySet
from django.utils import timezone

from jixiao.access.action import REGISTER, Registered
from jixiao.access.models import Account, Grant
from jixiao.access.permissions import ROLES, Extent, Permission, Role, Rule
from jixiao.access.queries import accounts
from jixiao.audit.models import Event, Link
from jixiao.org.models import Unit

GrantRow, EventRow = Grant, Event
"""What pages get; they never import models."""
MOST_UNITS = 1_000
"""More units than this are not offered in a list."""


@dataclass(frozen=True)
class Written:
    """One column of a changed row: what it is called, what it said, what it says."""

    name: str
    before: object
    after: object


@dataclass(frozen=True)
class Change:
    """One changed row of an audit entry."""

    kind: str
    label: str
    columns: tuple[Written, ...]


def accounts_with_units() -> QuerySet[Account]:
    """All accounts with today's grants and the person behind each."""
    return accounts().select_related("person")


def grants() -> QuerySet[Grant]:
    """Every grant, newest first."""
    return Grant.objects.select_related("account").order_by("-since", "-id")


def grant(pk: int) -> Grant | None:
    """One grant."""
    return grants().filter(pk=pk).first()


def unit_names() -> dict[str, str]:
    """The names of all open units by number, as grants write it; one query."""
    found = Unit.objects.open().values_list("pk", "name")[:MOST_UNITS]
    return {str(pk): name for pk, name in found}


def group_names() -> list[str]:
    """The comparison groups in use."""
    return list(Unit.objects.open().exclude(group="").values_list("group", flat=True).distinct())


def locked() -> QuerySet[AccessAttempt]:
    """Sign-in names locked after too many wrong passwords."""
    since = timezone.now() - settings.LOCKED_FOR
    found: QuerySet[AccessAttempt] = AccessAttempt.objects.filter(
        failures_since_start__gte=settings.AXES_FAILURE_LIMIT, attempt_time__gte=since
    )
    return found


def events() -> QuerySet[Event]:
    """The record, newest first."""
    return Event.objects.order_by("-id")


def event(pk: int) -> Event | None:
    """One entry."""
    return Event.objects.filter(pk=pk).first()


def link_of(entry: Event) -> Link | None:
    """The entry's place in the chain; None while it waits."""
    return Link.objects.filter(event_id=entry.pk).first()


def actions_in_use() -> list[tuple[str, str]]:
    """Every action as (name, label) for a filter."""
    return [(entry.name, entry.label) for entry in REGISTER.values()]


def changes_of(entry: Event) -> tuple[Change, ...]:
    """The entry's rows with the columns' own names, choices in words."""
    return tuple(_change(each) for each in entry.changes)


def register() -> list[tuple[Registered, list[Role]]]:
    """Every write there is, with the roles that may do it."""
    return [(entry, _roles_with(entry.permission)) for entry in REGISTER.values()]


def role_table() -> list[tuple[Role, Rule, list[Permission]]]:
    """Every role with its reach and what it may do."""
    return [
        (role, rule, [each for each in Permission if each in rule.permissions])
        for role, rule in ROLES.items()
    ]


def where(grant: Grant, names: dict[str, str]) -> str:
    """The place of a grant in words."""
    if grant.extent == Extent.UNIT:
        return names.get(grant.key, f"单位 {grant.key}")
    return grant.key or Extent.COUNTY.label


def _roles_with(permission: Permission) -> list[Role]:
    return [role for role, rule in ROLES.items() if permission in rule.permissions]


def _change(told: dict[str, object]) -> Change:
    kind = str(told["row"]).split(":")[0]
    model = _model(kind)
    before, after = told["before"], told["after"]
    assert isinstance(before, dict)  # noqa: S101 - as it was written
    assert isinstance(after, dict)  # noqa: S101
    columns = tuple(_columns(model, before, after))
    return Change(str(model._meta.verbose_name) if model else kind, str(told["label"]), columns)


def _columns(
    model: type[Model] | None, before: dict[str, object], after: dict[str, object]
) -> Iterator[Written]:
    for name in {**before, **after}:
        words = _choices(model, name)
        was, now = before.get(name), after.get(name)
        yield Written(_title(model, name), words.get(was, was), words.get(now, now))


def _model(kind: str) -> type[Model] | None:
    try:
        return apps.get_model(kind)
    except (LookupError, ValueError):
        return None


def _title(model: type[Model] | None, name: str) -> str:
    """The column's own name; a column that no longer exists keeps its old one."""
    try:
        return str(model._meta.get_field(name).verbose_name) if model else name  # type: ignore[union-attr]
    except FieldDoesNotExist:
        fields = {each.attname: each for each in model._meta.concrete_fields} if model else {}
        return str(fields[name].verbose_name) if name in fields else name


def _choices(model: type[Model] | None, name: str) -> dict[object, object]:
    fields = {each.attname: each for each in model._meta.concrete_fields} if model else {}
    return dict(fields[name].flatchoices) if name in fields else {}


def chain_length() -> int:
    """How many entries are chained."""
    return Link.objects.count()


def last_head() -> Link | None:
    """The newest link."""
    return Link.objects.order_by("-position").first()


def own_grants(account: Account) -> QuerySet[Grant]:
    """Everything one account was ever granted."""
    return account.grants.order_by(F("until").desc(nulls_first=True), "-since")
