-- What a look-up reads lies together: numbers beside their neighbours, mentions and votes beside those of the same
-- subject, in the order of the keys (SQLite: WITHOUT ROWID, https://www.sqlite.org/withoutrowid.html; PostgreSQL knows no
-- such thing, and ``migrate`` leaves the words out). Before, each row was found in an index and read elsewhere; with ten
-- million numbers that made a look-up twice as slow. Companies and reports keep their row numbers for full-text search.

CREATE TABLE kept_numbers AS SELECT * FROM numbers;
CREATE TABLE kept_report_numbers AS SELECT * FROM report_numbers;
DROP TABLE report_numbers;
DROP TABLE numbers;
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
INSERT INTO numbers SELECT * FROM kept_numbers ORDER BY number;
CREATE TABLE report_numbers (
    number    TEXT NOT NULL REFERENCES numbers (number),
    report_id TEXT NOT NULL REFERENCES reports (report_id),
    role      TEXT NOT NULL,
    strength  DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (number, report_id)
) WITHOUT ROWID;
INSERT INTO report_numbers SELECT * FROM kept_report_numbers ORDER BY number, report_id;
CREATE INDEX report_numbers_by_report ON report_numbers (report_id);
DROP TABLE kept_numbers;
DROP TABLE kept_report_numbers;

CREATE TABLE kept_masked_numbers AS SELECT * FROM masked_numbers;
CREATE TABLE kept_report_masked_numbers AS SELECT * FROM report_masked_numbers;
DROP TABLE report_masked_numbers;
DROP TABLE masked_numbers;
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
INSERT INTO masked_numbers SELECT * FROM kept_masked_numbers ORDER BY masked_number;
CREATE TABLE report_masked_numbers (
    masked_number TEXT NOT NULL REFERENCES masked_numbers (masked_number),
    report_id     TEXT NOT NULL REFERENCES reports (report_id),
    role          TEXT NOT NULL,
    strength      DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (masked_number, report_id)
) WITHOUT ROWID;
INSERT INTO report_masked_numbers SELECT * FROM kept_report_masked_numbers ORDER BY masked_number, report_id;
CREATE INDEX report_masked_numbers_by_report ON report_masked_numbers (report_id);
DROP TABLE kept_masked_numbers;
DROP TABLE kept_report_masked_numbers;

CREATE TABLE kept_domains AS SELECT * FROM domains;
CREATE TABLE kept_report_domains AS SELECT * FROM report_domains;
DROP TABLE report_domains;
DROP TABLE domains;
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
INSERT INTO domains SELECT * FROM kept_domains ORDER BY domain;
CREATE TABLE report_domains (
    domain    TEXT NOT NULL REFERENCES domains (domain),
    report_id TEXT NOT NULL REFERENCES reports (report_id),
    role      TEXT NOT NULL,
    strength  DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (domain, report_id)
) WITHOUT ROWID;
INSERT INTO report_domains SELECT * FROM kept_report_domains ORDER BY domain, report_id;
CREATE INDEX report_domains_by_report ON report_domains (report_id);
DROP TABLE kept_domains;
DROP TABLE kept_report_domains;

CREATE TABLE kept_sender_ids AS SELECT * FROM sender_ids;
CREATE TABLE kept_report_sender_ids AS SELECT * FROM report_sender_ids;
DROP TABLE report_sender_ids;
DROP TABLE sender_ids;
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
INSERT INTO sender_ids SELECT * FROM kept_sender_ids ORDER BY sender_id;
CREATE TABLE report_sender_ids (
    sender_id TEXT NOT NULL REFERENCES sender_ids (sender_id),
    report_id TEXT NOT NULL REFERENCES reports (report_id),
    role      TEXT NOT NULL,
    strength  DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (sender_id, report_id)
) WITHOUT ROWID;
INSERT INTO report_sender_ids SELECT * FROM kept_report_sender_ids ORDER BY sender_id, report_id;
CREATE INDEX report_sender_ids_by_report ON report_sender_ids (report_id);
DROP TABLE kept_sender_ids;
DROP TABLE kept_report_sender_ids;

CREATE TABLE kept_report_companies AS SELECT * FROM report_companies;
DROP TABLE report_companies;
CREATE TABLE report_companies (
    company   TEXT NOT NULL REFERENCES companies (company),
    report_id TEXT NOT NULL REFERENCES reports (report_id),
    role      TEXT NOT NULL,
    strength  DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (company, report_id)
) WITHOUT ROWID;
INSERT INTO report_companies SELECT * FROM kept_report_companies ORDER BY company, report_id;
CREATE INDEX report_companies_by_report ON report_companies (report_id);
DROP TABLE kept_report_companies;

CREATE TABLE kept_voices AS SELECT * FROM voices;
DROP TABLE voices;
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
INSERT INTO voices SELECT * FROM kept_voices ORDER BY kind, key, source, reporter;
DROP TABLE kept_voices;
