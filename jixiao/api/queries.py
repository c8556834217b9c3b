"""What do programs read? The same rows as the screens show, with the same reach."""

from django.db.models import F, QuerySet

from jixiao.access.actor import Actor
from jixiao.audit.models import Event
from jixiao.org.models import Condition, Duty, Person, Unit


def units(*, words: str = "", kind: str = "", open_only: bool = True) -> QuerySet[Unit]:
    """Units by name, alias or pinyin, of one kind, closed ones only when asked for."""
    found = Unit.objects.found_by(words) if words else Unit.objects.all()
    if kind:
        found = found.filter(kind=kind)
    return found.open() if open_only else found


def unit_card(pk: int) -> Unit | None:
    """One unit with its aliases and versions."""
    return Unit.objects.prefetch_related("aliases", "versions").filter(pk=pk).first()


def duties(unit: int | None = None) -> QuerySet[Duty]:
    """Duties, newest first, of one unit or of all."""
    found = Duty.objects.annotate(person_name=F("person__name")).order_by("-since", "id")
    return found.filter(unit=unit) if unit else found


def people(words: str = "") -> QuerySet[Person]:
    """People by name or pinyin."""
    return Person.objects.found_by(words) if words else Person.objects.all()


def conditions(actor: Actor, *, county: bool) -> QuerySet[Condition]:
    """Conditions of all units, or of the actor's own."""
    found = Condition.objects.order_by("unit", "kind")
    return found if county else found.filter(unit__in=actor.units())


def events() -> QuerySet[Event]:
    """Audit entries, newest first."""
    return Event.objects.order_by("-id")
