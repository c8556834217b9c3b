"""What does each role's home page tell? One function a page."""

from jixiao.portal.queries.acting import acting, badges
from jixiao.portal.queries.administrators import audit_desk, security_desk, system_desk
from jixiao.portal.queries.assessor import assessor_desk
from jixiao.portal.queries.cadre import cadre_desk
from jixiao.portal.queries.leader import county_sheet
from jixiao.portal.queries.office import OfficeDesk, office_desk
from jixiao.portal.queries.personnel import personnel_desk
from jixiao.portal.queries.unit import unit_desks

__all__ = [
    "OfficeDesk",
    "acting",
    "assessor_desk",
    "audit_desk",
    "badges",
    "cadre_desk",
    "county_sheet",
    "office_desk",
    "personnel_desk",
    "security_desk",
    "system_desk",
    "unit_desks",
]
