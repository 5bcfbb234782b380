-- Which rule removes documents, at which threshold and version, how much, and for example what?
WITH failures AS (
    SELECT
        l.*,
        count(*) OVER (PARTITION BY l.content_id, l.stage) AS n_failing_gates
    FROM ledger AS l
    WHERE NOT l.passed
),
summed AS (
    SELECT
        f.stage,
        f.language,
        f.gate,
        f.threshold,
        f.rule_version,
        count(*) FILTER (WHERE f.is_first_failure) AS n_removed,
        coalesce(sum(s.n_tokens) FILTER (WHERE f.is_first_failure), 0)::BIGINT AS tokens_removed,
        count(*) AS n_failed,
        -- Documents that would stay but for this gate.
        count(*) FILTER (WHERE f.n_failing_gates = 1) AS n_by_it_alone,
        first(d.origin || ' ' || d.path ORDER BY f.content_id) AS example,
        first(f.value ORDER BY f.content_id) AS example_value,
        min(f.content_id) AS example_content
    FROM failures AS f
    JOIN documents AS d USING (content_id, language)
    LEFT JOIN quality_signals AS s USING (content_id, language)
    GROUP BY ALL
)
SELECT * FROM summed ORDER BY n_removed DESC, stage <> 'all', stage, language, gate, rule_version;
