-- What are the main reasons for removal, in documents and tokens?
SELECT
    l.gate,
    count(DISTINCT l.content_id) AS n_documents,
    sum(s.n_tokens)::BIGINT AS n_tokens
FROM ledger AS l
LEFT JOIN quality_signals AS s USING (content_id)
WHERE l.is_first_failure AND l.stage = 'all'
GROUP BY ALL
ORDER BY n_documents DESC, l.gate;
