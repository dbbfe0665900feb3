"""A small identity provider whose every answer a test can spoil; it speaks HTTP like a real one."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from core.kernel import clock

CLIENT = "fotfeste"
CODE = "a-code"
SECRET = "a secret of the client"
Answer = Callable[[Request], Response]


def new_key(kid: str) -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig"}, private=True)


KEY, OTHER_KEY = new_key("one"), new_key("two")


@dataclass
class FakeProvider:
    """What it will say. ``answers`` replaces the answer at a path; ``asked`` has what was posted."""

    issuer: str
    claims: dict[str, Any] = field(default_factory=dict)
    document: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    signing_key: RSAKey = field(default_factory=lambda: KEY)
    shown_keys: list[RSAKey] = field(default_factory=lambda: [KEY])
    header: dict[str, Any] = field(default_factory=lambda: {"alg": "RS256", "kid": "one"})
    token: str = ""

    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "end_session_endpoint": f"{self.issuer}/end",
            "response_types_supported": ["code"],
            "code_challenge_methods_supported": ["S256"],
            "id_token_signing_alg_values_supported": ["RS256"],
        } | self.document

    def speak_of(self, nonce: str, **claims: Any) -> None:
        """Say, at the next sign-in, that somebody is here."""
        self.claims = good_claims(self.issuer, nonce) | claims

    def identity_token(self) -> str:
        return self.token or jwt.encode(self.header, self.claims, self.signing_key)

    def __call__(self, environ: Any, start_response: Any) -> Any:
        request = Request(environ)
        self.paths.append(request.path)
        answer = self.answers.get(request.path, self._answer)
        return answer(request)(environ, start_response)

    def _answer(self, request: Request) -> Response:
        if request.path == "/token":
            form = parse_qs(request.get_data(as_text=True))
            asked = {name: values[0] for name, values in form.items()}
            if asked["code"] != CODE:
                return as_json({"error": "invalid_grant"}, 400)
            self.asked.append(asked)
            tokens = {"access_token": "access", "token_type": "Bearer", "id_token": self.identity_token()}
            return as_json(tokens)
        known = {
            "/.well-known/openid-configuration": self.metadata,
            "/jwks": lambda: {"keys": [key.as_dict(private=False) for key in self.shown_keys]},
            "/userinfo": lambda: {"sub": self.claims.get("sub")} | self.userinfo,
        }
        return as_json(known[request.path]()) if request.path in known else Response(status=404)


def as_json(document: Any, status: int = 200) -> Response:
    return Response(json.dumps(document), status=status, mimetype="application/json")


def good_claims(issuer: str, nonce: str) -> dict[str, Any]:
    now = int(clock.now().timestamp())
    return {
        "iss": issuer,
        "aud": CLIENT,
        "sub": "person-1",
        "nonce": nonce,
        "iat": now,
        "exp": now + 300,
        "email": "kari@example.org",
        "email_verified": True,
        "name": "Kari Prøve",
    }


@contextmanager
def serving() -> Iterator[FakeProvider]:
    fake = FakeProvider("")
    server = make_server("localhost", 0, fake, threaded=True)
    fake.issuer = f"http://localhost:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
