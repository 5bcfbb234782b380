-- Which origins have files without any usable license statement, and how much code is it?
SELECT
    c.origin,
    c.license_state,
    count(*) AS n_files,
    count(DISTINCT c.content_id) AS n_contents,
    sum(s.n_tokens)::BIGINT AS n_tokens,
    min(c.path) AS first_path
FROM license_conclusions AS c
LEFT JOIN quality_signals AS s USING (content_id)
WHERE c.license_state IN ('none_found', 'unreadable')
GROUP BY ALL
ORDER BY n_files DESC, c.origin, c.license_state;
