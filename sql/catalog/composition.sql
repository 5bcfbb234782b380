-- Rows and tokens of the release by stage, source category, language and license class.
CREATE VIEW composition AS
SELECT
    stage,
    source_category,
    language,
    license_class,
    count(*) AS n_rows,
    sum(n_tokens)::BIGINT AS n_tokens
FROM mix
GROUP BY ALL
ORDER BY ALL;
