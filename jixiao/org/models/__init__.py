"""Who is who in the county? Units, people, duties and the conditions they work in."""

from jixiao.org.models.conditions import Condition
from jixiao.org.models.imports import OrgImport
from jixiao.org.models.people import Delegation, Duty, Person, Post
from jixiao.org.models.units import Alias, Reorganization, Succession, Unit, UnitVersion

__all__ = [
    "Alias",
    "Condition",
    "Delegation",
    "Duty",
    "OrgImport",
    "Person",
    "Post",
    "Reorganization",
    "Succession",
    "Unit",
    "UnitVersion",
]
