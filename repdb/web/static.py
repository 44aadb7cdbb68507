"""Style, script and icons: read once, addressed by their hash, cached for good (floor 4)."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from repdb.web.context import Request
from repdb.web.responses import Problem, Response
from repdb.web.routes import NOT_FOUND

FOREVER = 31_536_000
_TYPES = {
    ".webmanifest": "application/manifest+json",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
}


class File(NamedTuple):
    content: bytes
    packed: bytes | None
    digest: str
    content_type: str


@lru_cache(maxsize=1)
def all_files() -> dict[str, File]:
    """Every file of ``static/`` by name. There are no folders, so no path leads out of it."""
    return {
        item.name: _file(item.name, item.read_bytes())
        for item in (files("repdb.web") / "static").iterdir()
        if item.is_file()
    }


def _file(name: str, content: bytes) -> File:
    suffix = name[name.rfind(".") :]
    kind = _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    packed = gzip.compress(content, 9, mtime=0) if suffix in (".css", ".js", ".svg", ".webmanifest") else None
    return File(content, packed, hashlib.sha256(content).hexdigest()[:12], kind)


def address(name: str) -> str:
    """The path of a static file. Raises KeyError for one that is not there."""
    return f"/-/site/{all_files()[name].digest}/{name}"


def file_response(request: Request, name: str, cache: int) -> Response:
    """The file, packed where the browser can unpack. Raises Problem 404."""
    file = all_files().get(name)
    if file is None:
        raise Problem(404, "not_found", NOT_FOUND)
    packed = file.packed if "gzip" in request.headers.get("accept-encoding", "") else None
    response = Response(packed or file.content, 200, file.content_type, cache)
    response.headers["vary"] = "Accept-Encoding"
    if packed:
        response.headers["content-encoding"] = "gzip"
    return response


def serve(request: Request) -> Response:
    name, digest = request.params["name"], request.params["digest"]
    file = all_files().get(name)
    return file_response(request, name, FOREVER if file and file.digest == digest else 60)
