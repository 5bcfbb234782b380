-- What was collected from each source, and how much of it was set aside?
SELECT
    source_category,
    source,
    count(DISTINCT origin) AS n_origins,
    count(*) AS n_revisions,
    sum(n_files)::BIGINT AS n_files,
    sum(n_quarantined)::BIGINT AS n_quarantined,
    sum(n_bytes)::BIGINT AS n_bytes
FROM revisions
GROUP BY ALL
ORDER BY source_category, source;
