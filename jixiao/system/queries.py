"""What do the three administrators look at? Accounts, grants, locks and the record; never marks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeAlias, cast

from django.apps import apps
from django.db.models import F, Field, Model, Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date

from jixiao.access.action import REGISTER, Registered
from jixiao.access.export import EXPORT
from jixiao.access.models import Account, Grant
from jixiao.access.permissions import ROLES, Extent, Permission, Role, Rule
from jixiao.access.queries import account, accounts, grants
from jixiao.access.signin.entries import SIGN_IN
from jixiao.audit.models import Event, Link
from jixiao.org.models import Unit

GrantRow: TypeAlias = Grant
EventRow: TypeAlias = Event
"""What pages get; they never import models."""
MOST_UNITS = 1_000
"""More units than this are not offered in a list."""
MOST_CHANGES = 200
"""Changed rows shown of one entry; an import changes thousands, the export has them all."""
AnyField: TypeAlias = "Field[Any, Any]"
Fields: TypeAlias = dict[str, AnyField]
RowNames: TypeAlias = dict[tuple[type[Model], int], str]
YES_NO = {True: "是", False: "否"}


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
    row: str
    columns: tuple[Written, ...]


@dataclass(frozen=True)
class Narrowed:
    """A part of the record: of one day, of one account, or about one row."""

    day: date | None = None
    person: Account | None = None
    row: str = ""


def accounts_and_roles() -> QuerySet[Account]:
    """All accounts with today's grants as ``held``."""
    return accounts()


def accounts_without_role() -> QuerySet[Account]:
    """Who may sign in and then sees nothing: accounts opened and not yet granted anything."""
    held = Grant.objects.on(timezone.localdate()).values("account_id")
    found: QuerySet[Account] = Account.objects.active().exclude(pk__in=held)
    return found


def grants_now() -> QuerySet[Grant]:
    """Who holds what today."""
    return grants()


def grants_before() -> QuerySet[Grant]:
    """Who held what until when."""
    ended = Grant.objects.filter(until__lt=timezone.localdate())
    return ended.select_related("account")


def unit_names() -> dict[str, str]:
    """The names of all open units by number, as grants write it; one query."""
    found = Unit.objects.open().values_list("pk", "name")[:MOST_UNITS]
    return {str(pk): name for pk, name in found}


def group_names() -> list[str]:
    """The comparison groups in use."""
    found = Unit.objects.open().exclude(group="").values_list("group", flat=True)
    return sorted(set(found))


def where(grant: Grant, names: dict[str, str]) -> str:
    """The place of a grant in words."""
    if grant.extent == Extent.UNIT:
        return names.get(grant.key, f"单位 {grant.key}")
    return grant.key or Extent.COUNTY.label


def own_grants(account: Account) -> QuerySet[Grant]:
    """Everything one account was ever granted, what holds first."""
    return account.grants.order_by(F("until").desc(nulls_first=True), "-since")


def events(part: Narrowed) -> QuerySet[Event]:
    """The record or a part of it, newest first."""
    asked = Q()
    if part.day:
        start = timezone.make_aware(datetime.combine(part.day, time.min))
        asked &= Q(at__gte=start, at__lt=start + timedelta(days=1))
    if part.person:
        asked &= Q(actor_id=part.person.pk)
    if part.row:
        asked &= Q(subject=part.row)
    return Event.objects.filter(asked).order_by("-id")


def part(*, day: str = "", person: int = 0, row: str = "") -> Narrowed | None:
    """The part that an address names; None: there is no such day or person."""
    try:
        asked_day = parse_date(day)
    except ValueError:
        asked_day = None
    asked_person = account(person) if person else None
    if (day and not asked_day) or (person and not asked_person):
        return None
    return Narrowed(asked_day, asked_person, row)


def event(pk: int) -> Event | None:
    """One entry."""
    return Event.objects.filter(pk=pk).first()


def link_of(entry: Event) -> Link | None:
    """The entry's place in the chain; None while it waits."""
    return Link.objects.filter(event_id=entry.pk).first()


def chain_length() -> int:
    """How many entries are chained."""
    return Link.objects.count()


def actions_in_use() -> list[tuple[str, str]]:
    """Every action as (name, label) for a filter, signing in and taking along first."""
    return [
        (SIGN_IN, "登录、退出、登录方式"),
        (EXPORT, "导出人员、得分、记录"),
        *((each.name, each.label) for each in REGISTER.values()),
    ]


def changes_of(entry: Event) -> tuple[Change, ...]:
    """The entry's first rows with the columns' own names, choices and other rows in words."""
    told = entry.changes[:MOST_CHANGES]
    names = _names_of_rows(told)
    return tuple(_change(each, names) for each in told)


def register() -> list[tuple[Registered, list[Role]]]:
    """Every write there is, with the roles that may do it."""
    return [(entry, _roles_with(entry.permission)) for entry in REGISTER.values()]


def permission_table() -> list[tuple[Permission, list[bool]]]:
    """Every permission with yes or no for every role."""
    return [(each, [each in rule.permissions for rule in ROLES.values()]) for each in Permission]


def role_rules() -> list[tuple[Role, Rule]]:
    """Every role with its reach and its sphere."""
    return list(ROLES.items())


def _roles_with(permission: Permission) -> list[Role]:
    return [role for role, rule in ROLES.items() if permission in rule.permissions]


def _change(told: dict[str, Any], names: RowNames) -> Change:
    kind = str(told["row"]).split(":")[0]
    columns = tuple(_columns(_fields(kind), told, names))
    return Change(_kind_name(kind), str(told["label"]), str(told["row"]), columns)


def _columns(fields: Fields, told: dict[str, Any], names: RowNames) -> Iterator[Written]:
    """What stands in a column that no longer exists keeps its old name."""
    before, after = told["before"], told["after"]
    for name in (each for each in {**before, **after} if each != "id"):
        field = fields.get(name)
        sides = (_in_words(field, side.get(name), names) for side in (before, after))
        yield Written(str(field.verbose_name) if field else name, *sides)


def _in_words(field: "AnyField | None", value: Any, names: RowNames) -> object:  # noqa: ANN401 -- as written
    match value:
        case bool():
            return YES_NO[value]
        case list():
            return "、".join(map(str, value))
        case int() if field and field.related_model:
            return names.get((_model_of(field), value), f"编号 {value}")
        case str() | int() if field and field.flatchoices:
            return dict(field.flatchoices).get(value, value)
    return value


def _names_of_rows(told: list[dict[str, Any]]) -> RowNames:
    """The names of the rows that changed columns point to; one query for each kind."""
    asked: dict[type[Model], set[int]] = {}
    for change in told:
        for name, field in _fields(str(change["row"]).split(":")[0]).items():
            values = (change[side].get(name) for side in ("before", "after"))
            if field.related_model:
                asked.setdefault(_model_of(field), set()).update(v for v in values if v is not None)
    return {
        (model, pk): str(row)
        for model, numbers in asked.items()
        for pk, row in (model._default_manager.in_bulk(numbers).items() if numbers else ())
    }


def _model_of(field: AnyField) -> type[Model]:
    return cast("type[Model]", field.related_model)


def _fields(kind: str) -> Fields:
    model = _model(kind)
    return {each.attname: each for each in model._meta.concrete_fields} if model else {}


def _kind_name(kind: str) -> str:
    model = _model(kind)
    return str(model._meta.verbose_name) if model else kind


def _model(kind: str) -> type[Model] | None:
    try:
        return apps.get_model(kind)
    except (LookupError, ValueError):
        return None
