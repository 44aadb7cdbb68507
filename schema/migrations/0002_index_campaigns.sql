-- Campaigns are found by what their wording hashes to (repdb/text/similarity.py): the fingerprint to compare with, and
-- the keys of its bands. Two texts that share a band are candidates, so a look-up reads a handful of rows.

ALTER TABLE campaigns ADD COLUMN fingerprint TEXT NOT NULL DEFAULT '';
ALTER TABLE campaigns ADD COLUMN source_count INTEGER NOT NULL DEFAULT 0;

CREATE TABLE campaign_bands (
    band     TEXT NOT NULL,
    campaign TEXT NOT NULL REFERENCES campaigns (campaign),
    PRIMARY KEY (band, campaign)
);
CREATE INDEX campaign_bands_by_campaign ON campaign_bands (campaign);
