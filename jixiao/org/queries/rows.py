"""By which names do pages speak of rows? They never import models themselves."""

from jixiao.org.models import (
    Alias,
    Condition,
    Delegation,
    Duty,
    OrgImport,
    Person,
    Post,
    Reorganization,
    Unit,
)

__all__ = [
    "Alias",
    "Condition",
    "Delegation",
    "Duty",
    "OrgImport",
    "Person",
    "Post",
    "Reorganization",
    "Unit",
]
