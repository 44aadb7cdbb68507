"""Forms are posted from our own pages only: a signed cookie must come back as a field (floor 4).

The double-submit pattern of OWASP's CSRF cheat sheet with a signed token; browsers that send ``Sec-Fetch-Site`` or
``Origin`` are held to it as well.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from hashlib import sha256

COOKIE = "repdb_csrf"
FIELD = "csrftoken"


def _sign(secret: bytes, value: str) -> str:
    return hmac.new(secret, b"csrf" + value.encode(), sha256).hexdigest()[:32]


def new_token(secret: bytes) -> str:
    value = secrets.token_urlsafe(16)
    return f"{value}.{_sign(secret, value)}"


def genuine(secret: bytes, token: str) -> bool:
    value, _, signature = token.partition(".")
    return hmac.compare_digest(_sign(secret, value).encode(), signature.encode())


def allowed(secret: bytes, cookies: Mapping[str, str], headers: Mapping[str, str], field: str) -> bool:
    """Whether a form's POST comes from one of our own pages."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None:
        if site not in ("same-origin", "none"):
            return False
    elif origin is not None and origin.partition("://")[2] != headers.get("host", ""):
        return False
    token = cookies.get(COOKIE, "")
    return genuine(secret, token) and hmac.compare_digest(token.encode(), field.encode("utf-8", "replace"))


def cookie(token: str, secure: bool) -> str:
    return f"{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict{'; Secure' if secure else ''}"
