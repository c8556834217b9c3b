"""Is a scheme's document answered whatever stands in it? A sound one, with one part after another spoilt."""

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from jixiao.access.permissions import Role
from jixiao.schemes.editing import plain
from jixiao.schemes.tests.factories import SchemeVersionFactory, scheme

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
Spot = tuple[str | int, ...]
HOSTILE: list[Any] = [
    None, "", " ", "NaN", "1/0", "0", "-1", "1e99", -1, 0, 10**18, 1.5, True, [], {}, [[]], [None],
    {"kind": "?"}, "0001-01-01", "9999-12-31", "=1+1", "长" * 5_000,
]  # fmt: skip
DOCUMENT = plain(scheme())


def spots(part: object, before: Spot = ()) -> Iterator[Spot]:
    """Where every part of a document lies."""
    if before:
        yield before
    lists = enumerate(part) if isinstance(part, list) else ()
    for key, each in part.items() if isinstance(part, dict) else lists:
        yield from spots(each, (*before, key))


def spoilt(spot: Spot, value: object) -> dict[str, Any]:
    """The document with another value at one spot."""
    made = copy.deepcopy(DOCUMENT)
    inner: Any = made
    for key in spot[:-1]:
        inner = inner[key]
    inner[spot[-1]] = value
    return made


@pytest.mark.parametrize("spot", list(spots(DOCUMENT)), ids=lambda spot: ".".join(map(str, spot)))
def test_a_spoilt_document_is_kept_and_told_or_refused(
    browser_of: Callable[..., Client], spot: Spot
) -> None:
    office, draft = browser_of(Role.OFFICE), SchemeVersionFactory().pk
    for value in HOSTILE:
        sent = json.dumps({"version": draft, "document": spoilt(spot, value)})
        answer = office.post(
            "/api/actions/schemes/replace_document", sent, content_type="application/json"
        )
        assert answer.status_code in (200, 422), value
        assert office.get(f"/api/schemes/{draft}").status_code == 200, value
