-- One row for each published report, its identifiers in the fields of a raw report, several of them joined by " | ":
-- what another repdb takes over from this one (scrapers/repdb_peer.py). SQLite only: it stands in the snapshot alone.
CREATE VIEW report_feed AS
SELECT r.report_id, r.source, r.reported_on, r.category, r.stance, r.weight AS count, r.title, r.note, r.note_en,
       r.url AS page_url,
       (SELECT group_concat(key, ' | ') FROM (
           SELECT number AS key FROM report_numbers WHERE report_id = r.report_id AND role = 'sender' UNION ALL
           SELECT masked_number FROM report_masked_numbers WHERE report_id = r.report_id AND role = 'sender'
       )) AS sender_number,
       (SELECT group_concat(key, ' | ') FROM (
           SELECT number AS key FROM report_numbers WHERE report_id = r.report_id AND role = 'callback' UNION ALL
           SELECT masked_number FROM report_masked_numbers WHERE report_id = r.report_id AND role = 'callback'
       )) AS callback_number,
       (SELECT group_concat(key, ' | ') FROM (
           SELECT number AS key FROM report_numbers WHERE report_id = r.report_id AND role = 'reported' UNION ALL
           SELECT masked_number FROM report_masked_numbers WHERE report_id = r.report_id AND role = 'reported'
       )) AS number,
       (SELECT group_concat(domain, ' | ') FROM report_domains
        WHERE report_id = r.report_id AND role NOT IN ('official', 'advertiser')) AS domain,
       (SELECT group_concat(sender_id, ' | ') FROM report_sender_ids
        WHERE report_id = r.report_id AND role = 'sender') AS sender_id,
       (SELECT group_concat(c.name, ' | ') FROM report_companies AS m JOIN companies AS c ON c.company = m.company
        WHERE m.report_id = r.report_id AND m.role = 'claimed') AS company
FROM reports AS r
WHERE r.status = 'accepted';
