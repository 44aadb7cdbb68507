-- Accepted adverse reports by month and category.
CREATE VIEW reports_by_month AS
SELECT SUBSTR(reported_on, 1, 7) AS month, category, COUNT(*) AS reports, SUM(weight) AS stated_reports
FROM reports
WHERE status = 'accepted' AND stance = 'adverse' AND LENGTH(reported_on) >= 7
GROUP BY SUBSTR(reported_on, 1, 7), category;
