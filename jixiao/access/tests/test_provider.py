"""Does the government's identity provider open the accounts that exist, and no others?"""

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client
from pytest_django import Settings

from jixiao.access.actions import disable_account
from jixiao.access.actor import Actor
from jixiao.access.models import Account
from jixiao.access.permissions import Role
from jixiao.access.tests.test_signing_in import labels

pytestmark = pytest.mark.django_db
KEY = "a secret of thirty-two bytes and more"


class Provider:
    """A small OpenID provider on this machine; ``claims`` is whoever signs in there."""

    def __init__(self) -> None:
        self.claims: dict[str, object] = {"sub": "8f3a", "preferred_username": "zhang"}
        provider = self

        class Answers(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._send(provider.answer(self.path))

            do_POST = do_GET  # noqa: N815

            def _send(self, told: object) -> None:
                body = json.dumps(told).encode()
                self.send_response(200 if told else 503)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Answers)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, path: str) -> object:
        told = {"iss": self.url, "aud": "jixiao", "exp": time.time() + 60, **self.claims}
        return {
            "/.well-known/openid-configuration": {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "userinfo_endpoint": f"{self.url}/userinfo",
                "jwks_uri": f"{self.url}/jwks",
            },
            "/token": {"access_token": "x", "id_token": jwt.encode(told, KEY)},
            "/userinfo": self.claims,
        }.get(path, {})


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    made = Provider()
    app = {
        "provider_id": "gov", "name": "省统一身份认证", "client_id": "jixiao", "secret": "s",
        "settings": {"server_url": made.url},
    }  # fmt: skip
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}
    }
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def zhang(account: Callable[..., Account]) -> Account:
    made = account(Role.CADRE, key=1, name="张三")
    made.username = "zhang"
    made.save()
    return made


def arrive(client: Client, query: str = "process=login") -> Any:  # noqa: ANN401
    """Go there and come back, as the browser does."""
    there = client.get(f"/signin/gov/?{query}")
    asked = parse_qs(urlsplit(there.url).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == ["http://testserver/signin/gov/back/"]
    return client.get("/signin/gov/back/", {"code": "c", "state": asked["state"][0]})


@pytest.mark.usefixtures("provider")
def test_the_sign_in_page_offers_it_by_its_name() -> None:
    assert "用省统一身份认证登录" in Client().get("/signin/").content.decode()


def test_without_one_nothing_is_offered_and_nothing_is_there() -> None:
    assert "身份认证" not in Client().get("/signin/").content.decode()
    assert Client().get("/signin/gov/").status_code == 404


@pytest.mark.usefixtures("provider", "zhang")
def test_who_has_an_account_of_that_name_is_signed_in() -> None:
    client = Client()
    assert arrive(client, "process=login&next=/security/").url == "/security/"
    assert client.get("/security/").status_code == 200
    assert labels() == ["登录（统一身份认证）"]


@pytest.mark.usefixtures("provider", "zhang")
def test_nothing_from_the_provider_is_stored() -> None:
    arrive(Client())
    assert not SocialAccount.objects.exists()
    assert not SocialToken.objects.exists()


@pytest.mark.usefixtures("provider")
def test_who_has_none_is_told_so_and_none_is_made() -> None:
    answer = arrive(Client())
    assert answer.status_code == 403
    assert "您在这里还没有账号" in answer.content.decode()
    assert not Account.objects.exists()


@pytest.mark.parametrize("claim", ["", None, 7, ["zhang"]])
@pytest.mark.usefixtures("zhang")
def test_a_strange_claim_opens_nothing(provider: Provider, claim: object) -> None:
    provider.claims["preferred_username"] = claim
    assert arrive(Client()).status_code == 403


@pytest.mark.usefixtures("zhang")
def test_the_claim_is_a_setting(provider: Provider, settings: Settings) -> None:
    settings.OIDC_CLAIM = "employee"
    provider.claims |= {"preferred_username": "other", "employee": "ZHANG"}
    assert arrive(Client()).url == "/"


@pytest.mark.usefixtures("provider", "zhang")
def test_a_provider_cannot_be_tied_to_somebodys_running_session(
    browser_of: Callable[..., Client],
) -> None:
    assert arrive(browser_of(Role.OFFICE_HEAD), "process=connect").status_code == 403
    assert not SocialAccount.objects.exists()


@pytest.mark.usefixtures("provider")
def test_a_disabled_account_stays_outside(zhang: Account, actor: Callable[..., Actor]) -> None:
    disable_account(zhang, by=actor(Role.SYSTEM_ADMIN), reason="调离")
    assert arrive(Client()).url == "/signin/disabled/"


@pytest.mark.usefixtures("provider")
def test_whoever_never_used_the_first_password_need_not_change_it(zhang: Account) -> None:
    zhang.must_change = True
    zhang.save()
    client = Client()
    arrive(client)
    assert client.get("/security/").status_code == 200


@pytest.mark.usefixtures("provider")
def test_a_second_factor_is_asked_for_all_the_same(zhang: Account) -> None:
    zhang.authenticator_set.create(type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    assert arrive(Client()).url == "/signin/code/"


@pytest.mark.usefixtures("provider", "zhang")
def test_a_forged_return_opens_nothing() -> None:
    answer = Client().get("/signin/gov/back/", {"code": "c", "state": "forged"})
    assert "这次没有登录" in answer.content.decode()


@pytest.mark.usefixtures("zhang")
def test_a_provider_that_is_down_is_said_so(provider: Provider) -> None:
    client = Client()
    there = client.get("/signin/gov/?process=login")
    provider.answer = lambda _path: {}  # type: ignore[method-assign]
    state = parse_qs(urlsplit(there.url).query)["state"][0]
    answer = client.get("/signin/gov/back/", {"code": "c", "state": state})
    assert "身份认证平台没有回应" in answer.content.decode()


@pytest.mark.usefixtures("provider")
def test_cancelling_there_leads_back_here() -> None:
    client = Client()
    there = client.get("/signin/gov/?process=login")
    state = parse_qs(urlsplit(there.url).query)["state"][0]
    answer = client.get("/signin/gov/back/", {"error": "access_denied", "state": state})
    assert answer.url == "/signin/cancelled/"
