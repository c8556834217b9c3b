"""What do programs read? The same rows as the screens show, with the same reach."""

from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast

from jixiao.access.actor import Actor
from jixiao.access.models import Token
from jixiao.access.permissions import Permission
from jixiao.audit.models import Event
from jixiao.org.models import Condition, Delegation, Duty, Person, Post, Unit
from jixiao.results.forms import AmountsForm
from jixiao.results.league import Standing, hint
from jixiao.results.models import PastResult, SealedResult
from jixiao.results.queries import numbers_of, reading
from jixiao.results.queries.analysis import analysis
from jixiao.results.queries.explained import Why
from jixiao.schemes.editing import plain
from jixiao.schemes.exchange.problems import SchemeFileError
from jixiao.schemes.exchange.yaml_view import write_yaml
from jixiao.schemes.models import SchemeVersion
from jixiao.schemes.queries import health, returns
from jixiao.scoring.numbers import mark_text
from jixiao.scoring.scheme import Scheme
from jixiao.scoring.sheet import Row
from jixiao.visits.models import Draw
from jixiao.visits.queries.draws import published
from jixiao.visits.queries.summary import Summary
from jixiao.visits.states import DrawState


def units(*, words: str = "", kind: str = "", open_only: bool = True) -> QuerySet[Unit]:
    """Units by name, alias or pinyin, of one kind, closed ones only when asked for."""
    found = Unit.objects.found_by(words) if words else Unit.objects.all()
    if kind:
        found = found.filter(kind=kind)
    return found.open() if open_only else found


def unit_card(pk: int) -> Unit | None:
    """One unit with its aliases and versions."""
    return Unit.objects.prefetch_related("aliases", "versions").filter(pk=pk).first()


def duties(unit: int | None) -> QuerySet[Duty]:
    """Duties, newest first, of one unit or of all."""
    found = Duty.objects.annotate(person_name=F("person__name")).order_by("-since", "id")
    return found.filter(unit=unit) if unit else found


def delegations(unit: int | None) -> QuerySet[Delegation]:
    """Delegations, newest first, of one unit or of all."""
    found = Delegation.objects.order_by("-since", "id")
    return found.filter(unit=unit) if unit else found


def posts(*, unit: int | None, person: int | None) -> QuerySet[Post]:
    """Posts, newest first, of one unit, of one person or of all."""
    found = Post.objects.annotate(person_name=F("person__name")).order_by("-since", "id")
    if person:
        found = found.filter(person=person)
    return found.filter(unit=unit) if unit else found


def people(words: str, *, unit: int | None, actor: Actor) -> QuerySet[Person]:
    """People by name or pinyin, of one unit or of all; number and rank for those who need them."""
    found = Person.objects.found_by(words) if words else Person.objects.all()
    if unit:
        jobs = Post.objects.filter(until__isnull=True, unit=unit)
        found = found.filter(pk__in=jobs.values("person"))
    if _knows_people(actor, unit):
        return found.annotate(shown_code=F("code"), shown_rank=F("rank"))
    nothing = Cast(Value(None), CharField(null=True))
    return found.annotate(shown_code=nothing, shown_rank=nothing)


def _knows_people(actor: Actor, unit: int | None) -> bool:
    if actor.may(Permission.PEOPLE_EDIT):
        return True
    row = Unit.objects.filter(pk=unit).first() if unit else None
    return row is not None and actor.may(Permission.DUTIES_EDIT, row.place())


def conditions(unit: int | None) -> QuerySet[Condition]:
    """Conditions of one unit, or of all."""
    found = Condition.objects.order_by("unit", "kind")
    return found.filter(unit=unit) if unit else found


def own_tokens(actor: Actor) -> QuerySet[Token]:
    """The tokens of whoever asks."""
    return Token.objects.filter(account=actor.account_id)


def events(*, action: str, account: int | None, subject: str) -> QuerySet[Event]:
    """Audit entries, newest first: all, or of one action, of one account, about one row."""
    asked = {"action": action, "actor_id": account, "subject": subject}
    wanted = {name: value for name, value in asked.items() if value}
    return Event.objects.filter(**wanted).order_by("-id")


# ---------------------------------------------------------------------- schemes


def scheme_card(version: SchemeVersion) -> dict[str, Any]:
    """One version with its text in both forms, what the health check says, and how it was returned."""
    checked = health(version)
    plain_names = (
        "id", "year", "number", "state", "document_number", "effective_on", "digest",
        "version", "based_on_id", "reason",
    )  # fmt: skip
    return {name: getattr(version, name) for name in plain_names} | {
        "line": version.line.name,
        "document": plain(version.scheme),
        "yaml": _yaml(version.scheme),
        "findings": checked.findings,
        "burden_hours": checked.burden.hours,
        "returns": returns(version),
    }


def _yaml(scheme: Scheme) -> str | None:
    try:
        return write_yaml(scheme)
    except SchemeFileError:
        return None


# ---------------------------------------------------------------------- results


def tiers(kept: SealedResult) -> list[dict[str, Any]]:
    """Every unit's tier, in the scheme's order."""
    known, numbers = reading(kept), numbers_of(kept)
    return [
        _tier(known.standings[unit.name], numbers[unit.name])
        for group in known.result.scheme.groups
        for unit in group.units
    ]


def marks(kept: SealedResult, actor: Actor) -> list[dict[str, Any]]:
    """The marks of the units within reach, group after group, best first."""
    known = reading(kept)
    parts = {each.name: each for each in kept.units.select_related("unit")}
    decimals = known.result.scheme.decimals
    return [
        _tier(standing, parts[name].unit_id) | _marks(standing, decimals)
        for name, standing in known.standings.items()
        if actor.may(Permission.RESULTS_SEE, parts[name].place())
    ]


def past_tiers(row: PastResult) -> list[dict[str, Any]]:
    """The tiers of an earlier year, as its document has them."""
    told = row.tiers.values("unit_id", "name", "group", "tier")
    return [{**each, "unit": each["name"]} for each in told]


def analysis_told(kept: SealedResult, actor: Actor) -> dict[str, Any]:
    """What changes turn whose tier, by the usual amounts."""
    shown = analysis(kept, actor, **AmountsForm.USUAL)
    return {
        "alarms": shown.alarms,
        "flat": [f"{item.number} {item.name}：{why}" for item, why in shown.flat],
        "tried": len(shown.found.cases),
        "cases": shown.found.turning,
    }


def _tier(standing: Standing, number: int) -> dict[str, Any]:
    return {
        "unit_id": number, "unit": standing.unit, "group": standing.group, "tier": standing.tier
    }  # fmt: skip


def _marks(standing: Standing, decimals: int) -> dict[str, Any]:
    return {
        "place": standing.place,
        "total": _text(standing.total, decimals),
        "adjust": _text(standing.adjust, decimals),
        "before": standing.before,
        "gates": [gate.name for gate in standing.gates],
        "cells": [_text(cell.mark, decimals) for cell in standing.cells],
        "hint": hint(standing, decimals),
    }


def _text(mark: int | None, decimals: int) -> str | None:
    return None if mark is None else mark_text(mark, decimals)


def why(told: Why) -> dict[str, Any]:
    """One item of one unit explained."""
    names = ("code", "name", "mark", "full", "rule", "year", "is_confirmed")
    return {name: getattr(told, name) for name in names} | {
        "rounds": [
            {"name": name, "inputs": each.inputs, "steps": each.steps} for name, each in told.rounds
        ]
    }


# ---------------------------------------------------------------------- assessments on site


def draw_told(draw: Draw) -> dict[str, Any]:
    """A draw as it is public: the seed only once it is drawn."""
    names = (
        "id", "name", "state", "counts", "commitment", "word", "witness", "drawn",
        "committed_at", "drawn_at", "version",
    )  # fmt: skip
    return {name: getattr(draw, name) for name in names} | {
        "seed": draw.seed if draw.state == DrawState.DRAWN else "",
        "file": published(draw),
    }


def round_rows(summary: Summary) -> list[Row]:
    """The rows of the mark sheet that one round makes; none where it does not count."""
    if not summary.counts:
        return []
    return [row for row in summary.gathered.sheet.rows if row.round == summary.round.code]
