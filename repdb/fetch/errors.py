"""Everything that can go wrong while fetching: one exception, one table of what to do."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import httpcore
import httpx

from repdb.fetch.body import BadBody
from repdb.fetch.guard import RefusedAddress
from repdb.records import RepdbError, Text

_TEXTS = {
    "bad_compression": Text(
        "{url} の圧縮形式 {detail} は読めません。配布元に確認してください。",
        "{url} came in a compression that cannot be read ({detail}). Ask the publisher.",
    ),
    "bad_encoding": Text(
        "{url} の文字コードを判別できません。UTF-8 で保存し直し、--file で渡してください。",
        "The character encoding of {url} cannot be told. Save it as UTF-8 and pass it with --file.",
    ),
    "bad_url": Text(
        "{url} は取得できる URL ではありません（{detail}）。https:// で始まる URL を指定してください。",
        "{url} is not a URL that can be fetched ({detail}). Give one that starts with https://.",
    ),
    "http_status": Text(
        "{url} はエラー {detail} を返しました。時間をおいて、もう一度実行してください。",
        "{url} answered with status {detail}. Run again later.",
    ),
    "insecure_redirect": Text(
        "{url} は暗号化されない {detail} へ転送しています。配布元の新しい https の URL を確かめてください。",
        "{url} redirects to unencrypted {detail}. Look up the publisher's current https address.",
    ),
    "not_found": Text(
        "{url} は見つかりません（{detail}）。配布元のページで新しい URL を確かめてください。",
        "{url} does not exist ({detail}). Look up the current address on the publisher's page.",
    ),
    "not_stored": Text(
        "{url} の保存済みデータがありません。ネットワークにつないで一度取得してください。",
        "No stored copy of {url}. Fetch it once with the network.",
    ),
    "rate_limited": Text(
        "{url} はアクセスの間隔をあけるよう求めています（{detail}）。その後でもう一度実行してください。",
        "{url} asks to slow down ({detail}). Run again after that.",
    ),
    "redirect_loop": Text(
        "{url} の転送が終わりません（{detail}）。ブラウザーで開き、最終的な URL を指定してください。",
        "The redirects of {url} do not end ({detail}). Open it in a browser and give the final address.",
    ),
    "refused_address": Text(
        "{url} は接続してはいけないアドレスです（{detail}）。自分のサーバーなら --allow-local で明示してください。",
        "{url} leads to an address that must not be contacted ({detail}). Your own server? Say so with --allow-local.",
    ),
    "robots_disallow": Text(
        "{url} は robots.txt で自動取得が禁止されています。手で保存し、--file で渡してください。",
        "robots.txt forbids automatic fetching of {url}. Save it by hand and pass it with --file.",
    ),
    "timeout": Text(
        "{url} の応答が時間内に終わりませんでした（{detail}）。時間をおいて、もう一度実行してください。",
        "{url} did not finish in time ({detail}). Run again later.",
    ),
    "tls": Text(
        "{url} の証明書を確認できません（{detail}）。接続していません。URL と時計を確かめてください。",
        "The certificate of {url} cannot be verified ({detail}), so nothing was read. Check the address and the clock.",
    ),
    "too_large": Text(
        "{url} は上限 {detail} バイトを超えています。正しい URL か確かめてください。",
        "{url} is larger than the limit of {detail} bytes. Check that the address is right.",
    ),
    "truncated": Text(
        "{url} の受信が途中で切れました（{detail}）。もう一度実行してください。",
        "{url} broke off before its end ({detail}). Run again.",
    ),
    "unexpected_content": Text(
        "{url} は {detail}。ページの移動やログイン画面でないか、ブラウザーで確かめてください。",
        "{url}: {detail}. Check in a browser whether it moved or asks for a login.",
    ),
    "unreachable": Text(
        "{url} に接続できません（{detail}）。ネットワークと URL を確かめてください。",
        "{url} cannot be reached ({detail}). Check the network and the address.",
    ),
}
CODES = frozenset(_TEXTS)


class FetchError(RepdbError):
    """A fetch that gave nothing. ``code`` is one of ``CODES``.

    ``retry`` says whether the same request may succeed soon; ``retry_after`` is the server's own wish in seconds.
    """

    def __init__(
        self, code: str, url: str, detail: object = "", *, retry: bool = False, retry_after: float = 0
    ) -> None:
        super().__init__(code, _TEXTS[code].format(url=url, detail=detail))
        self.url = url
        self.detail = detail
        self.retry = retry
        self.retry_after = retry_after


@contextmanager
def typed(url: str) -> Iterator[None]:
    """Every failure below becomes a ``FetchError``."""
    try:
        yield
    except RefusedAddress as error:
        raise FetchError("refused_address", url, error) from error
    except BadBody as error:
        code, detail = error.args
        raise FetchError(code, url, detail, retry=code == "truncated") from error
    except httpcore.TimeoutException as error:
        connecting = isinstance(error, httpcore.ConnectTimeout)
        raise FetchError("timeout", url, type(error).__name__, retry=connecting) from error
    except httpcore.RemoteProtocolError as error:
        raise FetchError("truncated", url, error, retry=True) from error
    except httpcore.NetworkError as error:
        cause = error.__cause__ or error.__context__
        if isinstance(cause, ssl.SSLError):
            raise FetchError("tls", url, getattr(cause, "verify_message", "") or cause.reason) from error
        raise FetchError("unreachable", url, error, retry=True) from error
    except (
        httpx.InvalidURL,
        httpx.RequestError,
        httpcore.ProtocolError,
        httpcore.UnsupportedProtocol,
        UnicodeError,
    ) as error:
        raise FetchError("bad_url", url, error) from error  # UnicodeError: a host that IDNA does not allow
