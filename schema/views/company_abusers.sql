-- Which numbers and domains appear in accepted reports together with which claimed name.
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
