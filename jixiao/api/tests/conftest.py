"""A county with a published year, as the tests of results have it."""

from jixiao.results.tests.conftest import keep

__all__ = ["keep"]
