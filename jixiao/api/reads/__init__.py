"""What can programs ask for? All that the screens show, with the same reach, in several files."""

from jixiao.api.reads import (
    administration,
    bulletins,
    consequences,
    events,
    org,
    ratings,
    rectification,
    results,
    visits,
    work,
)
from jixiao.api.reads.shared import PERMISSIONS, router

__all__ = [
    "PERMISSIONS",
    "administration",
    "bulletins",
    "consequences",
    "events",
    "org",
    "ratings",
    "rectification",
    "results",
    "router",
    "visits",
    "work",
]
