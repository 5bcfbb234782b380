-- What does the license policy hold against documents, and which of them wait for a review?
SELECT
    l.stage,
    regexp_extract(l.value, '(review|deny): ', 1) AS verdict,
    l.value AS held_against,
    l.rule_version,
    count(*) AS n_documents,
    sum(s.n_tokens)::BIGINT AS n_tokens,
    min(l.content_id) AS first_content
FROM ledger AS l
LEFT JOIN quality_signals AS s USING (content_id)
WHERE l.gate = 'license_policy' AND NOT l.passed
GROUP BY ALL
ORDER BY n_documents DESC, l.stage, held_against;
