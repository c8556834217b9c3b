"""Who comes from the government's identity provider? Only accounts that exist; none is made."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render

from jixiao.access import queries


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Sign-in by OpenID Connect for the account that the agreed claim names."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:  # noqa: ARG002
        """Nobody is registered by coming along."""
        return False

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: object) -> Any:  # noqa: ANN401, ARG002
        """Nobody is made out of what the provider tells."""
        return sociallogin.user

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:  # noqa: ANN401
        """Find the account; nothing about the provider's side is stored."""
        told = sociallogin.account.extra_data
        claims = {**told.get("id_token", {}), **told.get("userinfo", {})}
        username = claims.get(settings.OIDC_CLAIM)
        account = queries.account_named(username) if isinstance(username, str) else None
        if account is None or sociallogin.state.get("process") != "login":
            page = render(request, "access/no_account.html", {"username": username}, status=403)
            raise ImmediateHttpResponse(page)
        sociallogin.user = account
