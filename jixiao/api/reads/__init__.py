"""What can programs ask for? All that the screens show, with the same reach, in three files."""

from jixiao.api.reads import administration, org, results, work
from jixiao.api.reads.shared import PERMISSIONS, router

__all__ = ["PERMISSIONS", "administration", "org", "results", "router", "work"]
