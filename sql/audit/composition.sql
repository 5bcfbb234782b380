-- What is in the current release, by stage, license class and source category?
SELECT
    stage,
    license_class,
    source_category,
    count(*) AS n_rows,
    count(DISTINCT content_id) AS n_contents,
    sum(n_tokens)::BIGINT AS n_tokens,
    round(sum(n_tokens) / (SELECT sum(n_tokens) FROM mix), 4) AS share
FROM mix
GROUP BY ALL
ORDER BY stage, n_tokens DESC, license_class, source_category;
