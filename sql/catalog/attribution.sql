-- What the release owes credit to: origins with their licenses and the strength of the evidence.
CREATE VIEW attribution AS
SELECT
    origin,
    revision,
    license_concluded,
    license_class,
    license_evidence,
    count(DISTINCT content_id) AS n_contents,
    min(path) AS first_path
FROM mix
GROUP BY ALL
ORDER BY ALL;
