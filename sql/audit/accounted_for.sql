-- Do the documents add up: in = kept + removed by a first failing gate, per language and in total?
WITH verdicts AS (
    SELECT
        language,
        stage,
        content_id,
        bool_or(NOT passed) AS is_removed,
        count(*) FILTER (WHERE is_first_failure) AS n_first
    FROM ledger
    GROUP BY ALL
),
arrived AS (
    SELECT language, 'all' AS stage, count(*) AS n_in FROM documents GROUP BY ALL
    UNION ALL
    SELECT passed.language, stages.stage, count(*)
    FROM verdicts AS passed
    JOIN (SELECT DISTINCT stage FROM verdicts WHERE stage <> 'all') AS stages ON true
    WHERE passed.stage = 'all' AND NOT passed.is_removed
    GROUP BY ALL
),
judged AS (
    SELECT
        language,
        stage,
        count(*) AS n_judged,
        count(*) FILTER (WHERE NOT is_removed) AS n_kept,
        sum(n_first)::BIGINT AS n_removed
    FROM verdicts
    GROUP BY ALL
),
both_sides AS (
    SELECT
        language,
        stage,
        coalesce(n_in, 0) AS n_in,
        coalesce(n_judged, 0) AS n_judged,
        coalesce(n_kept, 0) AS n_kept,
        coalesce(n_removed, 0) AS n_removed
    FROM arrived
    FULL JOIN judged USING (language, stage)
)
SELECT
    stage,
    coalesce(language, 'every language') AS language,
    sum(n_in)::BIGINT AS n_in,
    sum(n_judged)::BIGINT AS n_judged,
    sum(n_kept)::BIGINT AS n_kept,
    sum(n_removed)::BIGINT AS n_removed,
    -- Sums of wrong parts may be right: the total holds only where every part does.
    bool_and(n_in = n_judged AND n_in = n_kept + n_removed) AS adds_up
FROM both_sides
GROUP BY GROUPING SETS ((stage, language), (stage))
ORDER BY stage <> 'all', stage, language <> 'every language', language;
