"""How does sign-in differ from what the library does? Nobody signs up; a first password must go."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """The library's sign-in without open registration."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are opened by the system administrator."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> Any:
        """Home, or the page that was asked for."""
        return super().get_login_redirect_url(request)
