"""Who acts in the tests of units and people?"""

from collections.abc import Callable

import pytest

from jixiao.access.actor import Actor
from jixiao.access.permissions import Role


@pytest.fixture
def office(actor: Callable[..., Actor]) -> Actor:
    """Somebody of the performance office."""
    return actor(Role.OFFICE, name="周明岚")
