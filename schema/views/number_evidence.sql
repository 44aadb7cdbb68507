-- Every accepted statement about a number, newest first: what stands behind a verdict.
CREATE VIEW number_evidence AS
SELECT m.number, n.display, r.reported_on, r.category, r.stance, m.role, r.weight, r.note, r.note_en, r.title, r.url,
       s.source, s.title AS source_title, s.licence, r.report_id
FROM report_numbers AS m
JOIN numbers AS n ON n.number = m.number
JOIN reports AS r ON r.report_id = m.report_id
JOIN sources AS s ON s.source = r.source
WHERE r.status = 'accepted';
