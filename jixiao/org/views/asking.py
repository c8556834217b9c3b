"""Which way leads to a page about a unit?"""

from django.urls import reverse

from jixiao.access.asking import Crumbs
from jixiao.org.queries.rows import Unit


def of_unit(unit: Unit) -> Crumbs:
    """The way to a page about a unit."""
    here = (str(unit), reverse("unit", args=[unit.pk]))
    if unit.parent is None:
        return (("机构人员", reverse("units")), here)
    return (*of_unit(unit.parent), here)
