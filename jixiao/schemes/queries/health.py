"""How healthy is a version, which moves are open to it, and what does each still need?"""

from collections.abc import Mapping
from dataclasses import dataclass

from jixiao.access.actor import Actor
from jixiao.access.moves import Condition, Move, Way, unmet
from jixiao.schemes.burden import Burden, burden, heavier
from jixiao.schemes.linter import Finding, findings
from jixiao.schemes.models import KeptRemark, SchemeVersion
from jixiao.schemes.states import APPROVE, MOVES, PUBLISH, SUBMIT, State
from jixiao.scoring.scheme import Scheme


@dataclass(frozen=True)
class Health:
    """What the health check finds, and which reminders are kept with a reason."""

    findings: tuple[Finding, ...]
    kept: Mapping[str, KeptRemark]
    burden: Burden
    before: Burden | None
    """What last year's version asked."""

    @property
    def musts(self) -> tuple[Finding, ...]:
        """What blocks publishing."""
        return tuple(each for each in self.findings if each.must)

    @property
    def reminders(self) -> tuple[Finding, ...]:
        """What nobody has dealt with yet."""
        return tuple(e for e in self.findings if not e.must and e.key not in self.kept)

    @property
    def settled(self) -> tuple[tuple[Finding, KeptRemark], ...]:
        """Reminders that were kept, with the reason."""
        return tuple((e, self.kept[e.key]) for e in self.findings if e.key in self.kept)


def health(version: SchemeVersion, scheme: Scheme | None = None) -> Health:
    """The health check of a version, or of what would stand in it."""
    checked = scheme or version.scheme
    last = _last_year(version)
    now, before = burden(checked), burden(last.scheme) if last else None
    found = (*findings(checked), *(heavier(now, before) if before else ()))
    kept = {each.key: each for each in version.kept.select_related("kept_by")}
    return Health(found, kept, now, before)


def _last_year(version: SchemeVersion) -> SchemeVersion | None:
    """The version last in force in the year before."""
    found = SchemeVersion.objects.public().filter(line=version.line_id, year=version.year - 1)
    return found.order_by("effective_on", "number").last()


def conditions(move: Move[State], health: Health, *, own: bool) -> tuple[Condition, ...]:
    """What a move needs; ``own``: whoever moves it also submitted it."""
    sound = Condition(_left("必须改的都改好", len(health.musts)), not health.musts)
    dealt = Condition(
        _left("提醒都改好，或写明保留理由", len(health.reminders)), not health.reminders
    )
    if move == SUBMIT:
        return (sound, dealt)
    if move == APPROVE:
        return (sound, Condition("由送审人以外的人审定", not own))
    return (sound,) if move == PUBLISH else ()


def missing(move: Move[State], health: Health, *, own: bool) -> tuple[str, ...]:
    """What a move still lacks: the one truth for the guard, the button and the help."""
    return unmet(conditions(move, health, own=own))


def ways(version: SchemeVersion, health: Health, actor: Actor) -> list[Way[State]]:
    """The moves that this person may make from here."""
    own = version.submitted_by_id == actor.account_id
    return [
        Way(
            move,
            conditions(move, health, own=own),
            f"scheme_{move.name}",
            move in (SUBMIT, APPROVE, PUBLISH),
        )
        for move in MOVES
        if version.state in move.origin and actor.may(move.permission)
    ]


def _left(words: str, count: int) -> str:
    return f"{words}（还有{count}处）" if count else words
