"""Which home page is whose? The first role in this list that somebody holds decides."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from jixiao.access.actor import Actor
from jixiao.access.permissions import Role
from jixiao.portal import queries

Tell = Callable[[Actor, date], object]
"""What a desk shows, from who looks and the day."""


@dataclass(frozen=True)
class Desk:
    """A home page: its template and what it tells."""

    template: str
    tell: Tell


NOBODY = Desk("portal/nobody.html", lambda *_: None)
OFFICE = Desk("portal/office.html", queries.office_desk)
UNIT = Desk("portal/unit.html", queries.unit_desks)
CADRE = Desk("portal/cadre.html", queries.cadre_desk)

DESKS: dict[Role, Desk] = {
    Role.AUDIT_ADMIN: Desk("portal/audit.html", lambda *_: queries.audit_desk()),
    Role.SYSTEM_ADMIN: Desk("portal/system.html", lambda *_: queries.system_desk()),
    Role.SECURITY_ADMIN: Desk(
        "portal/security.html", lambda _, today: queries.security_desk(today)
    ),
    Role.OFFICE_HEAD: OFFICE,
    Role.OFFICE: OFFICE,
    Role.LEADER: Desk("portal/leader.html", lambda _, today: queries.county_sheet(today)),
    Role.PERSONNEL: Desk("portal/personnel.html", queries.personnel_desk),
    Role.UNIT_LEAD: UNIT,
    Role.LIAISON: UNIT,
    Role.GROUP_CONTACT: CADRE,
    Role.ASSESSOR: Desk("portal/assessor.html", queries.assessor_desk),
    Role.ITEM_KEEPER: CADRE,
    Role.CADRE: CADRE,
}
"""Whoever holds several roles gets the page of the first."""


def desk_of(actor: Actor) -> Desk:
    """The home page of this person."""
    return next((desk for role, desk in DESKS.items() if actor.has_role(role)), NOBODY)
