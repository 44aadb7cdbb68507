-- Moderation: who decided what and why, the codes by which a contributor follows a report, and who may decide.
-- All of it private. Codes and tokens are kept as hashes only.

CREATE TABLE audit_log (
    entry     TEXT NOT NULL PRIMARY KEY,
    at        TEXT NOT NULL,
    actor     TEXT NOT NULL,
    action    TEXT NOT NULL,
    kind      TEXT NOT NULL,
    subject   TEXT NOT NULL,
    before    TEXT NOT NULL,
    after     TEXT NOT NULL,
    reason    TEXT NOT NULL DEFAULT '',
    remark    TEXT NOT NULL DEFAULT '',
    decision  TEXT NOT NULL,
    undone_by TEXT NOT NULL DEFAULT ''
);
CREATE INDEX audit_log_by_subject ON audit_log (subject);
CREATE INDEX audit_log_by_decision ON audit_log (decision);

CREATE TABLE receipts (
    receipt    TEXT NOT NULL PRIMARY KEY,
    kind       TEXT NOT NULL,
    subject    TEXT NOT NULL,
    created_on TEXT NOT NULL
);
CREATE INDEX receipts_by_subject ON receipts (subject);

CREATE TABLE moderators (
    moderator  TEXT NOT NULL PRIMARY KEY,
    token      TEXT NOT NULL,
    added_on   TEXT NOT NULL,
    revoked_on TEXT NOT NULL DEFAULT ''
);
