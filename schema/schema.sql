-- Generated from schema/migrations and schema/views by `make schema`: do not edit.

CREATE TABLE schema_migrations (version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL);

CREATE TABLE meta (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE sources (
    source          TEXT NOT NULL PRIMARY KEY,
    title           TEXT NOT NULL,
    title_en        TEXT NOT NULL DEFAULT '',
    kind            TEXT NOT NULL,
    url             TEXT NOT NULL DEFAULT '',
    licence         TEXT NOT NULL DEFAULT '',
    redistributable INTEGER NOT NULL DEFAULT 0 CHECK (redistributable IN (0, 1)),
    terms           TEXT NOT NULL DEFAULT '',
    trust           DOUBLE PRECISION NOT NULL DEFAULT 0.5 CHECK (trust > 0)
);

CREATE TABLE number_blocks (
    prefix_from TEXT NOT NULL PRIMARY KEY,
    prefix_to   TEXT NOT NULL,
    kind        TEXT NOT NULL,
    carrier     TEXT NOT NULL,
    source      TEXT NOT NULL REFERENCES sources (source)
);

CREATE TABLE companies (
    company           TEXT NOT NULL PRIMARY KEY,
    name              TEXT NOT NULL,
    name_en           TEXT NOT NULL DEFAULT '',
    status            TEXT NOT NULL DEFAULT 'unverified',
    licence           TEXT NOT NULL DEFAULT '',
    legal_form        TEXT NOT NULL DEFAULT '',
    url               TEXT NOT NULL DEFAULT '',
    source            TEXT REFERENCES sources (source),
    checked_on        TEXT NOT NULL DEFAULT '',
    report_count      INTEGER NOT NULL DEFAULT 0,
    benign_count      INTEGER NOT NULL DEFAULT 0,
    source_count      INTEGER NOT NULL DEFAULT 0,
    first_reported_on TEXT    NOT NULL DEFAULT '',
    last_reported_on  TEXT    NOT NULL DEFAULT '',
    adverse           DOUBLE PRECISION NOT NULL DEFAULT 0,
    benign            DOUBLE PRECISION NOT NULL DEFAULT 0,
    score             DOUBLE PRECISION NOT NULL DEFAULT 0,
    verdict           TEXT    NOT NULL DEFAULT 'unreported',
    note              TEXT    NOT NULL DEFAULT '',
    note_en           TEXT    NOT NULL DEFAULT ''
);

CREATE TABLE company_aliases (
    alias   TEXT NOT NULL PRIMARY KEY,
    name    TEXT NOT NULL,
    company TEXT NOT NULL REFERENCES companies (company)
);

CREATE INDEX company_aliases_by_company ON company_aliases (company);

CREATE TABLE official_channels (
    kind       TEXT NOT NULL,
    key        TEXT NOT NULL,
    company    TEXT NOT NULL REFERENCES companies (company),
    label      TEXT NOT NULL DEFAULT '',
    label_en   TEXT NOT NULL DEFAULT '',
    shared     INTEGER NOT NULL DEFAULT 0 CHECK (shared IN (0, 1)),
    url        TEXT NOT NULL DEFAULT '',
    source     TEXT NOT NULL REFERENCES sources (source),
    checked_on TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (kind, key, company)
);

CREATE INDEX official_channels_by_company ON official_channels (company);

CREATE TABLE campaigns (
    campaign          TEXT NOT NULL PRIMARY KEY,
    category          TEXT NOT NULL DEFAULT 'other',
    sample            TEXT NOT NULL DEFAULT '',
    report_count      INTEGER NOT NULL DEFAULT 0,
    first_reported_on TEXT NOT NULL DEFAULT '',
    last_reported_on  TEXT NOT NULL DEFAULT ''
, fingerprint TEXT NOT NULL DEFAULT '', source_count INTEGER NOT NULL DEFAULT 0);

CREATE TABLE reports (
    report_id   TEXT NOT NULL PRIMARY KEY,
    source      TEXT NOT NULL REFERENCES sources (source),
    reported_on TEXT NOT NULL DEFAULT '',
    category    TEXT NOT NULL,
    stance      TEXT NOT NULL DEFAULT 'adverse',
    weight      INTEGER NOT NULL DEFAULT 1 CHECK (weight > 0),
    title       TEXT NOT NULL DEFAULT '',
    note        TEXT NOT NULL DEFAULT '',
    note_en     TEXT NOT NULL DEFAULT '',
    message     TEXT NOT NULL DEFAULT '',
    url         TEXT NOT NULL DEFAULT '',
    ref         TEXT NOT NULL DEFAULT '',
    reporter    TEXT NOT NULL DEFAULT '',
    status      TEXT NOT NULL DEFAULT 'accepted',
    digest      TEXT NOT NULL,
    campaign    TEXT REFERENCES campaigns (campaign)
);

CREATE INDEX reports_waiting ON reports (status) WHERE status <> 'accepted';

CREATE INDEX reports_by_campaign ON reports (campaign) WHERE campaign IS NOT NULL;

CREATE TABLE notices (
    notice       TEXT NOT NULL,
    issuer       TEXT NOT NULL,
    title        TEXT NOT NULL,
    published_on TEXT NOT NULL DEFAULT '',
    law          TEXT NOT NULL DEFAULT '',
    url          TEXT NOT NULL DEFAULT '',
    kind         TEXT NOT NULL,
    key          TEXT NOT NULL,
    note         TEXT NOT NULL DEFAULT '',
    note_en      TEXT NOT NULL DEFAULT '',
    source       TEXT NOT NULL REFERENCES sources (source),
    PRIMARY KEY (kind, key, notice)
);

CREATE TABLE phrases (
    phrase   TEXT NOT NULL PRIMARY KEY,
    topic    TEXT NOT NULL,
    weight   DOUBLE PRECISION NOT NULL,
    category TEXT NOT NULL DEFAULT '',
    gloss    TEXT NOT NULL,
    gloss_en TEXT NOT NULL
);

CREATE TABLE advice_contacts (
    contact    TEXT NOT NULL PRIMARY KEY,
    name       TEXT NOT NULL,
    name_en    TEXT NOT NULL,
    number     TEXT NOT NULL DEFAULT '',
    url        TEXT NOT NULL DEFAULT '',
    about      TEXT NOT NULL DEFAULT '',
    about_en   TEXT NOT NULL DEFAULT '',
    source     TEXT NOT NULL REFERENCES sources (source),
    checked_on TEXT NOT NULL DEFAULT ''
);

CREATE TABLE disputes (
    dispute     TEXT NOT NULL PRIMARY KEY,
    kind        TEXT NOT NULL,
    key         TEXT NOT NULL,
    opened_on   TEXT NOT NULL,
    status      TEXT NOT NULL DEFAULT 'open',
    statement   TEXT NOT NULL DEFAULT '',
    contact     TEXT NOT NULL DEFAULT '',
    verified_on TEXT NOT NULL DEFAULT '',
    closed_on   TEXT NOT NULL DEFAULT ''
);

CREATE INDEX disputes_by_subject ON disputes (kind, key);

CREATE TABLE runs (
    run            TEXT NOT NULL PRIMARY KEY,
    command        TEXT NOT NULL,
    input          TEXT NOT NULL,
    signature      TEXT NOT NULL,
    started_at     TEXT NOT NULL,
    finished_at    TEXT NOT NULL DEFAULT '',
    state          TEXT NOT NULL,
    rows_read      INTEGER NOT NULL DEFAULT 0,
    rows_stored    INTEGER NOT NULL DEFAULT 0,
    rows_duplicate INTEGER NOT NULL DEFAULT 0,
    rows_rejected  INTEGER NOT NULL DEFAULT 0,
    message        TEXT NOT NULL DEFAULT ''
);

CREATE INDEX runs_by_signature ON runs (signature, state);

CREATE TABLE rejects (
    reject TEXT NOT NULL PRIMARY KEY,
    run    TEXT NOT NULL REFERENCES runs (run),
    file   TEXT NOT NULL,
    line   INTEGER NOT NULL,
    code   TEXT NOT NULL,
    reason TEXT NOT NULL,
    content TEXT NOT NULL
);

CREATE TABLE campaign_bands (
    band     TEXT NOT NULL,
    campaign TEXT NOT NULL REFERENCES campaigns (campaign),
    PRIMARY KEY (band, campaign)
);

CREATE INDEX campaign_bands_by_campaign ON campaign_bands (campaign);

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

CREATE TABLE numbers (
    number            TEXT NOT NULL PRIMARY KEY,
    kind              TEXT NOT NULL,
    display           TEXT NOT NULL,
    line_type         TEXT NOT NULL DEFAULT 'unknown',
    report_count      INTEGER NOT NULL DEFAULT 0,
    benign_count      INTEGER NOT NULL DEFAULT 0,
    source_count      INTEGER NOT NULL DEFAULT 0,
    first_reported_on TEXT    NOT NULL DEFAULT '',
    last_reported_on  TEXT    NOT NULL DEFAULT '',
    adverse           DOUBLE PRECISION NOT NULL DEFAULT 0,
    benign            DOUBLE PRECISION NOT NULL DEFAULT 0,
    score             DOUBLE PRECISION NOT NULL DEFAULT 0,
    verdict           TEXT    NOT NULL DEFAULT 'unreported',
    note              TEXT    NOT NULL DEFAULT '',
    note_en           TEXT    NOT NULL DEFAULT ''
) WITHOUT ROWID;

CREATE TABLE report_numbers (
    number    TEXT NOT NULL REFERENCES numbers (number),
    report_id TEXT NOT NULL REFERENCES reports (report_id),
    role      TEXT NOT NULL,
    strength  DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (number, report_id)
) WITHOUT ROWID;

CREATE INDEX report_numbers_by_report ON report_numbers (report_id);

CREATE TABLE masked_numbers (
    masked_number     TEXT NOT NULL PRIMARY KEY,
    display           TEXT NOT NULL,
    hidden            INTEGER NOT NULL,
    report_count      INTEGER NOT NULL DEFAULT 0,
    benign_count      INTEGER NOT NULL DEFAULT 0,
    source_count      INTEGER NOT NULL DEFAULT 0,
    first_reported_on TEXT    NOT NULL DEFAULT '',
    last_reported_on  TEXT    NOT NULL DEFAULT '',
    adverse           DOUBLE PRECISION NOT NULL DEFAULT 0,
    benign            DOUBLE PRECISION NOT NULL DEFAULT 0,
    score             DOUBLE PRECISION NOT NULL DEFAULT 0,
    verdict           TEXT    NOT NULL DEFAULT 'unreported',
    note              TEXT    NOT NULL DEFAULT '',
    note_en           TEXT    NOT NULL DEFAULT ''
) WITHOUT ROWID;

CREATE TABLE report_masked_numbers (
    masked_number TEXT NOT NULL REFERENCES masked_numbers (masked_number),
    report_id     TEXT NOT NULL REFERENCES reports (report_id),
    role          TEXT NOT NULL,
    strength      DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (masked_number, report_id)
) WITHOUT ROWID;

CREATE INDEX report_masked_numbers_by_report ON report_masked_numbers (report_id);

CREATE TABLE domains (
    domain            TEXT NOT NULL PRIMARY KEY,
    display           TEXT NOT NULL,
    shared            INTEGER NOT NULL DEFAULT 0 CHECK (shared IN (0, 1)),
    report_count      INTEGER NOT NULL DEFAULT 0,
    benign_count      INTEGER NOT NULL DEFAULT 0,
    source_count      INTEGER NOT NULL DEFAULT 0,
    first_reported_on TEXT    NOT NULL DEFAULT '',
    last_reported_on  TEXT    NOT NULL DEFAULT '',
    adverse           DOUBLE PRECISION NOT NULL DEFAULT 0,
    benign            DOUBLE PRECISION NOT NULL DEFAULT 0,
    score             DOUBLE PRECISION NOT NULL DEFAULT 0,
    verdict           TEXT    NOT NULL DEFAULT 'unreported',
    note              TEXT    NOT NULL DEFAULT '',
    note_en           TEXT    NOT NULL DEFAULT ''
) WITHOUT ROWID;

CREATE TABLE report_domains (
    domain    TEXT NOT NULL REFERENCES domains (domain),
    report_id TEXT NOT NULL REFERENCES reports (report_id),
    role      TEXT NOT NULL,
    strength  DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (domain, report_id)
) WITHOUT ROWID;

CREATE INDEX report_domains_by_report ON report_domains (report_id);

CREATE TABLE sender_ids (
    sender_id         TEXT NOT NULL PRIMARY KEY,
    display           TEXT NOT NULL,
    report_count      INTEGER NOT NULL DEFAULT 0,
    benign_count      INTEGER NOT NULL DEFAULT 0,
    source_count      INTEGER NOT NULL DEFAULT 0,
    first_reported_on TEXT    NOT NULL DEFAULT '',
    last_reported_on  TEXT    NOT NULL DEFAULT '',
    adverse           DOUBLE PRECISION NOT NULL DEFAULT 0,
    benign            DOUBLE PRECISION NOT NULL DEFAULT 0,
    score             DOUBLE PRECISION NOT NULL DEFAULT 0,
    verdict           TEXT    NOT NULL DEFAULT 'unreported',
    note              TEXT    NOT NULL DEFAULT '',
    note_en           TEXT    NOT NULL DEFAULT ''
) WITHOUT ROWID;

CREATE TABLE report_sender_ids (
    sender_id TEXT NOT NULL REFERENCES sender_ids (sender_id),
    report_id TEXT NOT NULL REFERENCES reports (report_id),
    role      TEXT NOT NULL,
    strength  DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (sender_id, report_id)
) WITHOUT ROWID;

CREATE INDEX report_sender_ids_by_report ON report_sender_ids (report_id);

CREATE TABLE report_companies (
    company   TEXT NOT NULL REFERENCES companies (company),
    report_id TEXT NOT NULL REFERENCES reports (report_id),
    role      TEXT NOT NULL,
    strength  DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (company, report_id)
) WITHOUT ROWID;

CREATE INDEX report_companies_by_report ON report_companies (report_id);

CREATE TABLE voices (
    kind              TEXT NOT NULL,
    key               TEXT NOT NULL,
    source            TEXT NOT NULL REFERENCES sources (source),
    reporter          TEXT NOT NULL DEFAULT '',
    report_count      INTEGER NOT NULL,
    benign_count      INTEGER NOT NULL,
    first_reported_on TEXT NOT NULL,
    last_reported_on  TEXT NOT NULL,
    adverse           DOUBLE PRECISION NOT NULL,
    benign            DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (kind, key, source, reporter)
) WITHOUT ROWID;

CREATE VIEW company_abusers AS
SELECT c.company, c.name, c.status, 'phone' AS kind, n.number AS subject, n.display, r.reported_on, r.category, r.report_id
FROM report_companies AS rc
JOIN companies AS c ON c.company = rc.company
JOIN reports AS r ON r.report_id = rc.report_id AND r.status = 'accepted' AND r.stance = 'adverse'
JOIN report_numbers AS m ON m.report_id = r.report_id AND m.role NOT IN ('official', 'advertiser')
JOIN numbers AS n ON n.number = m.number
UNION ALL
SELECT c.company, c.name, c.status, 'masked_phone', k.masked_number, k.display, r.reported_on, r.category, r.report_id
FROM report_companies AS rc
JOIN companies AS c ON c.company = rc.company
JOIN reports AS r ON r.report_id = rc.report_id AND r.status = 'accepted' AND r.stance = 'adverse'
JOIN report_masked_numbers AS m ON m.report_id = r.report_id AND m.role NOT IN ('official', 'advertiser')
JOIN masked_numbers AS k ON k.masked_number = m.masked_number
UNION ALL
SELECT c.company, c.name, c.status, 'domain', d.domain, d.display, r.reported_on, r.category, r.report_id
FROM report_companies AS rc
JOIN companies AS c ON c.company = rc.company
JOIN reports AS r ON r.report_id = rc.report_id AND r.status = 'accepted' AND r.stance = 'adverse'
JOIN report_domains AS m ON m.report_id = r.report_id AND m.role NOT IN ('official', 'advertiser')
JOIN domains AS d ON d.domain = m.domain;

CREATE VIEW number_evidence AS
SELECT m.number, n.display, r.reported_on, r.category, r.stance, m.role, r.weight, r.note, r.note_en, r.title, r.url,
       s.source, s.title AS source_title, s.licence, r.report_id
FROM report_numbers AS m
JOIN numbers AS n ON n.number = m.number
JOIN reports AS r ON r.report_id = m.report_id
JOIN sources AS s ON s.source = r.source
WHERE r.status = 'accepted';

CREATE VIEW reports_by_company AS
SELECT c.company, c.name, c.status, COUNT(*) AS reports, SUM(r.weight) AS stated_reports,
       COALESCE(MIN(NULLIF(r.reported_on, '')), '') AS first_reported_on, MAX(r.reported_on) AS last_reported_on
FROM report_companies AS m
JOIN companies AS c ON c.company = m.company
JOIN reports AS r ON r.report_id = m.report_id
WHERE r.status = 'accepted' AND r.stance = 'adverse' AND m.role = 'claimed'
GROUP BY c.company, c.name, c.status;

CREATE VIEW reports_by_month AS
SELECT SUBSTR(reported_on, 1, 7) AS month, category, COUNT(*) AS reports, SUM(weight) AS stated_reports
FROM reports
WHERE status = 'accepted' AND stance = 'adverse' AND LENGTH(reported_on) >= 7
GROUP BY SUBSTR(reported_on, 1, 7), category;

CREATE VIEW source_figures AS
SELECT s.source, s.title, s.title_en, s.kind, s.licence, s.redistributable,
       COUNT(r.report_id) AS reports,
       COALESCE(SUM(r.weight), 0) AS stated_reports,
       COALESCE(MIN(NULLIF(r.reported_on, '')), '') AS first_reported_on,
       COALESCE(MAX(r.reported_on), '') AS last_reported_on
FROM sources AS s
LEFT JOIN reports AS r ON r.source = s.source AND r.status = 'accepted'
GROUP BY s.source, s.title, s.title_en, s.kind, s.licence, s.redistributable;
