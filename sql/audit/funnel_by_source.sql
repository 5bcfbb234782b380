-- How many documents and tokens of each source category and language reach, fail and pass a gate?
WITH verdicts AS (
    SELECT
        d.source_category,
        l.language,
        l.stage,
        l.gate,
        l.gate_order,
        count(*) AS n_judged,
        count(*) FILTER (WHERE NOT l.passed) AS n_failed,
        count(*) FILTER (WHERE l.is_first_failure) AS n_removed,
        coalesce(sum(s.n_tokens), 0)::BIGINT AS tokens_judged,
        coalesce(sum(s.n_tokens) FILTER (WHERE l.is_first_failure), 0)::BIGINT AS tokens_removed
    FROM ledger AS l
    JOIN documents AS d USING (content_id, language)
    LEFT JOIN quality_signals AS s USING (content_id, language)
    GROUP BY ALL
),
-- A gate sees every document, whatever failed before; the funnel counts those still there.
running AS (
    SELECT
        *,
        coalesce(sum(n_removed) OVER before, 0) AS n_before,
        coalesce(sum(tokens_removed) OVER before, 0) AS tokens_before
    FROM verdicts
    WINDOW before AS (
        PARTITION BY source_category, language, stage
        ORDER BY gate_order
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    )
)
SELECT
    source_category,
    language,
    stage,
    gate,
    (n_judged - n_before)::BIGINT AS n_in,
    n_removed,
    (n_judged - n_before - n_removed)::BIGINT AS n_kept,
    n_failed,
    (tokens_judged - tokens_before)::BIGINT AS tokens_in,
    tokens_removed,
    (tokens_judged - tokens_before - tokens_removed)::BIGINT AS tokens_kept
FROM running
ORDER BY source_category, language, stage <> 'all', stage, gate_order, gate;
