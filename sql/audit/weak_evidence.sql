-- Which released rows rest on inherited or disputed license evidence (grades C and D)?
SELECT
    stage,
    license_evidence,
    origin,
    license_concluded,
    count(*) AS n_rows,
    sum(n_tokens)::BIGINT AS n_tokens,
    min(path) AS first_path
FROM mix
WHERE license_evidence IS NULL OR license_evidence IN ('C', 'D')
GROUP BY ALL
ORDER BY n_tokens DESC, stage, origin, license_concluded;
