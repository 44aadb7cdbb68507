"""How messages speak: by a name or without."""

from __future__ import annotations

import pytest

from repdb.text.manner import introduces


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("青空工務店の青木です。明日伺います", True),
        ("こちらは、青空新聞合同世論調査です。支持する方は1を押してください", True),
        ("私、青空工務店の青木と申します", True),
        ("お客様センターです。至急ご連絡ください", False),
        ("こちらは、担当の者です。至急ご連絡ください", False),
        ("未納料金があります。至急ご連絡ください", False),
    ],
)
def test_who_says_a_name_introduces_himself(text: str, named: bool) -> None:
    assert introduces(text) is named
