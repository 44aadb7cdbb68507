"""A site in this process for the tests of its pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import site_data
from web_ask import Ask, asking


@pytest.fixture(scope="session")
def site_files(tmp_path_factory: pytest.TempPathFactory) -> site_data.Files:
    """The working database and the snapshot; tests that write copy them."""
    return site_data.build(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def ask(site_files: site_data.Files) -> Iterator[Ask]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REPDB_TODAY", site_data.TODAY.isoformat())
        yield asking(site_files.snapshot)
