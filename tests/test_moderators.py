"""Who may decide: tokens that are shown once and end."""

from __future__ import annotations

import pytest
from storage_fixtures import TODAY

from repdb import moderators
from repdb.db import Database
from repdb.records import Unreadable


def test_a_token_belongs_to_its_moderator_until_it_is_revoked(database: Database) -> None:
    token = moderators.add_moderator(database, " 花子 ", TODAY)
    other = moderators.add_moderator(database, "太郎", TODAY)
    assert (moderators.moderator_of(database, token), moderators.moderator_of(database, other)) == ("花子", "太郎")
    assert moderators.moderator_of(database, token + "x") is None and moderators.moderator_of(database, "") is None
    assert token not in str(database.all("SELECT * FROM moderators")), "only a hash is kept"
    again = moderators.add_moderator(database, "花子", TODAY)
    assert (moderators.moderator_of(database, token), moderators.moderator_of(database, again)) == (None, "花子")
    assert moderators.revoke_moderator(database, "花子", TODAY) and not moderators.revoke_moderator(
        database, "花子", TODAY
    )
    assert moderators.moderator_of(database, again) is None
    with pytest.raises(Unreadable):
        moderators.add_moderator(database, " ", TODAY)
