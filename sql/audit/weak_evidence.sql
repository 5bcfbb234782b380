-- Which released rows rest on less than a statement in the file or an agreement?
SELECT
    stage,
    license_evidence,
    origin,
    license_concluded,
    count(*) AS n_rows,
    sum(n_tokens)::BIGINT AS n_tokens,
    min(path) AS first_path
FROM mix
WHERE license_evidence IS NULL OR license_evidence NOT IN ('contract', 'file_and_license_file', 'file')
GROUP BY ALL
ORDER BY n_tokens DESC, stage, origin, license_concluded;
