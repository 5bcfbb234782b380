-- Which contracts does the current release rest on, until when, and for how many rows?
SELECT
    a.source_category,
    a.agreement_id,
    a.kind,
    a.valid_from,
    a.valid_to,
    a.stages_allowed,
    m.stage,
    count(DISTINCT m.row_id) AS n_rows,
    list_contains(a.stages_allowed, m.stage) OR len(a.stages_allowed) = 0 AS is_stage_allowed
FROM agreements AS a
JOIN mix AS m USING (source_category, source, origin, revision)
WHERE starts_with(m.path, coalesce(a.path_prefix, ''))
GROUP BY ALL
ORDER BY a.source_category, a.agreement_id, a.kind, m.stage;
