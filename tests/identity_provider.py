"""An OpenID Connect provider on loopback for tests: whoever is sent to it is the person whom the test names."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import jwt

CLIENT, SECRET = "pairs", "a-secret-for-tests"


@dataclass
class IdentityProvider:
    url: str
    pending: dict[str, dict] = field(default_factory=dict)  # code → what was asked, and whom it stands for

    def sign_in(self, authorize_url: str, *, subject: str, acr: str | None) -> str:
        """The person signs in here; returns the address (path and query) that they are sent back to."""
        asked = dict(parse_qsl(urlsplit(authorize_url).query))
        assert authorize_url.startswith(f"{self.url}/authorize?")
        assert (asked["client_id"], asked["response_type"], asked["scope"]) == (CLIENT, "code", "openid")
        code = secrets.token_urlsafe()
        self.pending[code] = asked | {"subject": subject, "acr": acr}
        back = urlsplit(asked["redirect_uri"])
        return f"{back.path}?{urlencode({'code': code, 'state': asked['state']})}"

    def describe(self) -> dict:
        """What stands at the provider's well-known address."""
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def give_token(self, posted: dict[str, str]) -> dict:
        """For a code, once, to who has the secret and began the sign-in."""
        asked = self.pending.pop(posted["code"])
        digest = hashlib.sha256(posted["code_verifier"].encode()).digest()
        assert base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == asked["code_challenge"]
        assert (posted["client_id"], posted["client_secret"]) == (CLIENT, SECRET)
        claims = {"iss": self.url, "aud": CLIENT, "sub": asked["subject"], "exp": int(time.time()) + 60}
        claims |= {"email": "blackburn@pairs.example"}  # of a colleague of theirs here: it opens nothing
        claims |= {"acr": asked["acr"]} if asked["acr"] else {}
        id_token = jwt.encode(claims, "a key of the provider's own, long enough", algorithm="HS256")
        return {"access_token": secrets.token_urlsafe(), "token_type": "Bearer", "id_token": id_token}


@contextmanager
def run_identity_provider() -> Iterator[IdentityProvider]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.provider = IdentityProvider(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.provider
    finally:
        server.shutdown()
        server.server_close()


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        known = self.path == "/.well-known/openid-configuration"
        self.send_json(200 if known else 404, self.server.provider.describe() if known else {})

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        posted = {name: values[0] for name, values in parse_qs(body).items()}
        self.send_json(200, self.server.provider.give_token(posted))

    def send_json(self, status, answer):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *args):
        pass
