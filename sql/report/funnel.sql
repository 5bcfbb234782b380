-- How many documents does each gate remove first, for all stages and for each stage?
WITH gates AS (
    SELECT
        stage,
        gate_order,
        gate,
        count(*) FILTER (WHERE is_first_failure) AS n_removed,
        count(*) FILTER (WHERE NOT passed) AS n_failed,
        count(*) AS n_judged
    FROM ledger
    GROUP BY ALL
)
SELECT * FROM gates ORDER BY stage <> 'all', stage, gate_order, gate;
