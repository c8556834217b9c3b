"""What would a workbook that was handed in change, as the county is now?"""

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.db.models import QuerySet
from django.utils import timezone

from jixiao.org.exchange.changes import Changes, changes
from jixiao.org.exchange.lines import County
from jixiao.org.exchange.resolving import read_workbook
from jixiao.org.models import OrgImport
from jixiao.org.queries.county import county_now
from jixiao.org.states import ImportState
from jixiao.workbooks.problems import Problem, TableError

ENDINGS = frozenset({"xlsx", "xlsm", "xls", "ods", "csv", "txt"})


@dataclass(frozen=True)
class Preview:
    """What would change, what is odd about the file, and of which state of the county this is true."""

    county: County
    changes: Changes
    warnings: tuple[Problem, ...]
    fingerprint: str


def preview(content: bytes, *, name: str) -> Preview:
    """What a workbook would change now; TableError with everything that is wrong with it."""
    county = county_now()
    found, warnings = _read(content, name, county)
    fingerprint = f"{county.fingerprint()}{hashlib.sha256(content).hexdigest()}"
    digest = hashlib.sha256(fingerprint.encode()).hexdigest()
    return Preview(county, changes(found, county), warnings, digest)


def problems_of(content: bytes, *, name: str) -> tuple[Problem, ...]:
    """Everything that keeps a workbook from being imported."""
    try:
        preview(content, name=name)
    except TableError as error:
        return error.problems
    return ()


def preview_of(handed: OrgImport) -> Preview:
    """What a workbook that was handed in would change now."""
    with handed.file.open("rb") as file:
        return preview(file.read(), name=handed.name)


@dataclass(frozen=True)
class Look:
    """What the page of a workbook shows: what it would change, or why that cannot be told."""

    preview: Preview | None = None
    problems: tuple[Problem, ...] = ()


def look(handed: OrgImport) -> Look:
    """What is to be seen of a workbook; nothing any more once it was applied or dropped."""
    if handed.state != ImportState.WAITING:
        return Look()
    try:
        return Look(preview_of(handed))
    except TableError as error:
        return Look(problems=error.problems)


def imports() -> QuerySet[OrgImport]:
    """The workbooks that were handed in, newest first."""
    return OrgImport.objects.all()


def org_import(number: int) -> OrgImport | None:
    """One of them."""
    return OrgImport.objects.filter(pk=number).first()


def _read(content: bytes, name: str, county: County) -> tuple[County, tuple[Problem, ...]]:
    """The reading library wants a file; it gets one that nobody else can see."""
    with tempfile.TemporaryDirectory() as folder:
        ending = name.rpartition(".")[2].lower()
        path = Path(folder) / f"机构人员.{ending if ending in ENDINGS else 'xlsx'}"
        path.write_bytes(content)
        return read_workbook(path, county, today=timezone.localdate())
