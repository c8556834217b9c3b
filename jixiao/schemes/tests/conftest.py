"""Who acts in the tests of schemes?"""

from collections.abc import Callable

import pytest

from jixiao.access.actor import Actor
from jixiao.access.permissions import Role


@pytest.fixture
def office(actor: Callable[..., Actor]) -> Actor:
    """Somebody of the performance office, who drafts and submits."""
    return actor(Role.OFFICE, name="周明岚")


@pytest.fixture
def head(actor: Callable[..., Actor]) -> Actor:
    """The head of the office, who approves and publishes."""
    return actor(Role.OFFICE_HEAD, name="韩松")
