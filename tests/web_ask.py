"""The type of the ``ask`` fixture of tests/web."""

from __future__ import annotations

from collections.abc import Callable

import httpx

Ask = Callable[..., httpx.Response]
