"""Which unit or account does a name that somebody typed mean?"""

from django.db.models import QuerySet

from jixiao.access.models import Account
from jixiao.org.exchange.lines import full_name
from jixiao.org.exchange.names import Names
from jixiao.org.models import Duty, Person, Unit
from jixiao.org.queries.county import known_units
from jixiao.org.states import ASSESSED, SINGLE, Kind
from jixiao.workbooks.problems import Fault


def unit_named(text: str) -> Unit | Fault:
    """The open unit that goes by a name; else what is wrong with it, with the likeliest one."""
    return units_named([text])[0]


def units_named(texts: list[str]) -> list[Unit | Fault]:
    """The open units that go by these names; four queries."""
    names, numbers = Names("单位"), {}
    for unit in known_units():
        names.learn(unit.label, unit.names)
        numbers[unit.label] = unit.number
    names.settle()
    found = [names.find(text) for text in texts]
    rows = Unit.objects.in_bulk([numbers[each] for each in found if isinstance(each, str)])
    return [rows[numbers[each]] if isinstance(each, str) else each for each in found]


def unit_names() -> list[str]:
    """The full names of the units that others belong to or go into, to choose from; one query."""
    kinds = (*ASSESSED, Kind.SUBORDINATE)
    rows = Unit.objects.open().filter(kind__in=kinds).select_related("parent")
    return [full_name(row.parent.name if row.parent else "", row.name) for row in rows]


def account_named(username: str) -> Account | None:
    """The account of a sign-in name."""
    found: Account | None = Account.objects.filter(username__iexact=username).first()
    return found


def members(unit: Unit) -> QuerySet[Person]:
    """People with a post in a unit or in what belongs to it."""
    return (
        Person.objects.filter(posts__unit__path__startswith=unit.path, posts__until__isnull=True)
        .distinct()
        .order_by("name", "code")
    )


def holders(unit: Unit) -> QuerySet[Person]:
    """People with a duty in a unit."""
    return Person.objects.filter(duties__unit=unit, duties__until__isnull=True).distinct()


def single_duties(unit: Unit) -> QuerySet[Duty]:
    """Duties that one person holds at a time, with who holds them now."""
    held = unit.duties.filter(role__in=SINGLE, until__isnull=True)
    return held.select_related("person", "unit")
