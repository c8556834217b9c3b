"""An identity provider as tests need one: OpenID Connect's code flow by the book, on this machine."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import RSAAlgorithm

CLIENT, SECRET = "jixiao", "known to both"
JSON = "application/json"
KEY: RSAPrivateKey = generate_private_key(public_exponent=65537, key_size=2048)
Told = dict[str, Any]
METADATA = {
    "response_types_supported": ["code"],
    "subject_types_supported": ["pairwise"],
    "id_token_signing_alg_values_supported": ["RS256"],
    "token_endpoint_auth_methods_supported": ["client_secret_post"],
    "code_challenge_methods_supported": ["S256"],
}


class WrongError(Exception):
    """What was asked is not as OpenID Connect says."""


class Provider:
    """Whoever comes is signed in as ``claims`` say; ``token`` changes what the ID token says.

    A code is good once, for the registered client, at the address that was asked for, and in the
    hands of whoever began (PKCE).
    """

    def __init__(self, url: str) -> None:
        self.url, self.is_down = url, False
        self.claims: Told = {"sub": "8f3a", "preferred_username": "zhang"}
        self.token: Told = {}
        self._asked: dict[str, Told] = {}
        self._opened: set[str] = set()

    def answer(self, path: str, asked: Told, bearer: str) -> Told | str:
        """What is found at an address: JSON, or where the browser is sent."""
        ways = {
            "/.well-known/openid-configuration": self._configuration,
            "/jwks": lambda: {"keys": [RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True)
                                       | {"kid": "1", "use": "sig", "alg": "RS256"}]},
            "/authorize": lambda: self._authorize(asked),
            "/token": lambda: self._exchange(asked),
            "/userinfo": lambda: self._tell(bearer),
        }  # fmt: skip
        return ways[path]()

    def _configuration(self) -> Told:
        ends = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
        found = {f"{name}_endpoint": f"{self.url}/{path}" for name, path in ends.items()}
        return {"issuer": self.url, "jwks_uri": f"{self.url}/jwks", **found, **METADATA}

    def _authorize(self, asked: Told) -> str:
        _expect(asked, client_id=CLIENT, response_type="code", code_challenge_method="S256")
        if "openid" not in asked["scope"].split():
            raise WrongError("scope")
        code = secrets.token_urlsafe()
        self._asked[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def _exchange(self, asked: Told) -> Told:
        began = self._asked.pop(asked["code"])
        digest = hashlib.sha256(asked["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        _expect(asked, client_id=CLIENT, client_secret=SECRET, grant_type="authorization_code")
        _expect(began, code_challenge=challenge, redirect_uri=asked["redirect_uri"])
        access = secrets.token_urlsafe()
        self._opened.add(access)
        now = int(time.time())
        told = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 60, **self.claims}
        signed = jwt.encode(told | self.token, KEY, algorithm="RS256", headers={"kid": "1"})
        return {"access_token": access, "token_type": "Bearer", "id_token": signed}

    def _tell(self, bearer: str) -> Told:
        if bearer not in self._opened:
            raise WrongError("access token")
        return self.claims


def _expect(asked: Told, **wanted: str) -> None:
    for name, value in wanted.items():
        if asked[name] != value:
            raise WrongError(name)


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        """Answer, or say 400 to what is not by the book and 503 while it is down."""
        there, length = urlsplit(self.path), int(self.headers.get("Content-Length", 0))
        asked = dict(parse_qsl(there.query or self.rfile.read(length).decode()))
        bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
        try:
            found = self.provider.answer(there.path, asked, bearer)
        except (WrongError, LookupError) as wrong:
            self._send(400, {"error": "invalid_request", "error_description": str(wrong)})
        else:
            self._send(503 if self.provider.is_down else 200, found)

    do_POST = do_GET  # noqa: N815

    def _send(self, status: int, told: Told | str) -> None:
        moved = isinstance(told, str)
        self.send_response(302 if moved else status)
        self.send_header("Location" if moved else "Content-Type", told if moved else JSON)
        self.end_headers()
        self.wfile.write(b"" if moved else json.dumps(told).encode())

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def identity_provider() -> Iterator[Provider]:
    """It runs on a free port of this machine as long as it is needed."""
    handler = type("Handler", (_Handler,), {})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        handler.provider = Provider(f"http://127.0.0.1:{server.server_port}")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield handler.provider
        finally:
            server.shutdown()


def environment(provider: Provider, *, name: str) -> dict[str, str]:
    """How a platform is told of it."""
    return {
        "JIXIAO_OIDC_ISSUER": provider.url, "JIXIAO_OIDC_NAME": name,
        "JIXIAO_OIDC_CLIENT": CLIENT, "JIXIAO_OIDC_SECRET": SECRET,
    }  # fmt: skip
