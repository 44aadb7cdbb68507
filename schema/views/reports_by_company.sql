-- Which names are claimed most often in accepted adverse reports.
CREATE VIEW reports_by_company AS
SELECT c.company, c.name, c.status, COUNT(*) AS reports, SUM(r.weight) AS stated_reports,
       COALESCE(MIN(NULLIF(r.reported_on, '')), '') AS first_reported_on, MAX(r.reported_on) AS last_reported_on
FROM report_companies AS m
JOIN companies AS c ON c.company = m.company
JOIN reports AS r ON r.report_id = m.report_id
WHERE r.status = 'accepted' AND r.stance = 'adverse' AND m.role = 'claimed'
GROUP BY c.company, c.name, c.status;
