-- What each source has contributed, and under which licence.
CREATE VIEW source_figures AS
SELECT s.source, s.title, s.title_en, s.kind, s.licence, s.redistributable,
       COUNT(r.report_id) AS reports,
       COALESCE(SUM(r.weight), 0) AS stated_reports,
       COALESCE(MIN(NULLIF(r.reported_on, '')), '') AS first_reported_on,
       COALESCE(MAX(r.reported_on), '') AS last_reported_on
FROM sources AS s
LEFT JOIN reports AS r ON r.source = s.source AND r.status = 'accepted'
GROUP BY s.source, s.title, s.title_en, s.kind, s.licence, s.redistributable;
