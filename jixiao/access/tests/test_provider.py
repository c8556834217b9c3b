"""Does the government's identity provider open the accounts that exist, and no others?"""

import runpy
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client
from pytest_django import Settings

from jixiao.access.actions import disable_account
from jixiao.access.actor import Actor
from jixiao.access.models import Account
from jixiao.access.permissions import Role
from jixiao.access.tests.provider import Provider, environment, identity_provider
from jixiao.access.tests.test_signing_in import labels
from jixiao.config import settings as configured

pytestmark = pytest.mark.django_db
BACK = "/signin/gov/back/"


@pytest.fixture
def provider(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """A provider, and the platform set up for it by the environment."""
    with identity_provider() as made:
        for name, value in environment(made, name="省统一身份认证").items():
            monkeypatch.setenv(name, value)
        read = runpy.run_path(configured.__file__)
        settings.SOCIALACCOUNT_PROVIDERS = read["SOCIALACCOUNT_PROVIDERS"]
        settings.OIDC_CLAIM = read["OIDC_CLAIM"]
        yield made


@pytest.fixture
def zhang(account: Callable[..., Account]) -> Account:
    made = account(Role.CADRE, key=1, name="张三")
    made.username = "zhang"
    made.save()
    return made


def leave(client: Client, query: str = "process=login") -> str:
    """Go there and sign in there; the address that leads back."""
    there = requests.get(client.get(f"/signin/gov/?{query}").url, allow_redirects=False, timeout=5)
    assert there.headers["Location"].startswith(f"http://testserver{BACK}?"), there.text
    return there.headers["Location"].removeprefix("http://testserver")


def arrive(client: Client, query: str = "process=login") -> Any:  # noqa: ANN401
    """Go there and come back, as the browser does."""
    return client.get(leave(client, query))


def is_refused(client: Client, answer: Any) -> bool:  # noqa: ANN401
    """Whether it is said in words and nobody is signed in."""
    told = "这次没有登录" in answer.content.decode()
    return told and client.get("/security/").url.startswith("/signin/")


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
    client = Client()
    assert is_refused(client, client.get(BACK, {"code": "c", "state": "forged"}))


@pytest.mark.usefixtures("provider", "zhang")
def test_the_return_of_another_session_opens_nothing() -> None:
    mine, other = Client(), Client()
    leave(mine)
    assert is_refused(mine, mine.get(leave(other)))


@pytest.mark.usefixtures("provider", "zhang")
def test_the_code_of_another_session_opens_nothing() -> None:
    mine, other = Client(), Client()
    own, foreign = (dict(parse_qsl(urlsplit(leave(each)).query)) for each in (mine, other))
    assert is_refused(mine, mine.get(BACK, own | {"code": foreign["code"]}))


@pytest.mark.usefixtures("provider", "zhang")
def test_a_return_opens_once() -> None:
    client = Client()
    back = leave(client)
    assert client.get(back).url == "/"
    client.post("/signout/")
    assert is_refused(client, client.get(back))


@pytest.mark.parametrize(
    "token", [{"aud": "another"}, {"iss": "https://another.example"}, {"exp": 1}], ids=str
)
@pytest.mark.usefixtures("zhang")
def test_a_token_for_another_platform_of_another_provider_or_too_old_opens_nothing(
    provider: Provider, token: dict[str, object]
) -> None:
    provider.token = token
    client = Client()
    assert is_refused(client, arrive(client))


@pytest.mark.usefixtures("provider", "zhang")
def test_a_wrong_secret_opens_nothing(settings: Settings) -> None:
    (app,) = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    app["secret"] = "wrong"
    client = Client()
    assert is_refused(client, arrive(client))


@pytest.mark.usefixtures("zhang")
def test_a_provider_that_is_down_is_said_so(provider: Provider) -> None:
    client = Client()
    back = leave(client)
    provider.is_down = True
    assert is_refused(client, client.get(back))


@pytest.mark.usefixtures("provider")
def test_cancelling_there_leads_back_here() -> None:
    client = Client()
    state = dict(parse_qsl(urlsplit(leave(client)).query))["state"]
    answer = client.get(BACK, {"error": "access_denied", "state": state})
    assert answer.url == "/signin/cancelled/"
