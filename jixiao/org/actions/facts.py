"""What does a person say when units, posts and duties change? Plain facts, one class a form."""

from dataclasses import dataclass
from datetime import date

from jixiao.org.states import ConditionKind, DutyRole, Kind, State, Use


@dataclass(frozen=True)
class Basis:
    """From which day on, and by which document."""

    on: date
    document: str


@dataclass(frozen=True)
class NewUnit:
    """A unit to be founded."""

    name: str
    kind: Kind
    group: str = ""
    order: int | None = None
    """Its place in the county's lists; at the end where nothing is said."""


@dataclass(frozen=True)
class Class:
    """As what a unit counts: its kind and the group within which it is compared."""

    kind: Kind
    group: str = ""


@dataclass(frozen=True)
class Split:
    """What a unit is split into; where it does not go on, the first part takes what it had."""

    parts: tuple[NewUnit, ...]
    continues: bool = False


@dataclass(frozen=True)
class NewPost:
    """A job that begins."""

    title: str
    since: date
    is_full_time: bool = True


@dataclass(frozen=True)
class NewDuty:
    """A duty for performance work that begins."""

    role: DutyRole
    since: date
    is_full_time: bool = False
    document: str = ""


@dataclass(frozen=True)
class Absence:
    """How long somebody is away, and why."""

    since: date
    until: date
    reason: str
    document: str = ""


@dataclass(frozen=True)
class Finding:
    """What was found of an office, signboard, notice board, computer or cabinet."""

    kind: ConditionKind
    seen_on: date
    quantity: int = 1
    use: Use = Use.OWN
    state: State = State.GOOD
    note: str = ""
