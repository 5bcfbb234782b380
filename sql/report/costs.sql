-- What does each source category cost, by kind, and how much of that is an assumption?
SELECT
    source_category,
    kind,
    currency,
    round(sum(amount_micro) / 1e6, 2) AS amount,
    round(sum(amount_micro) FILTER (WHERE is_planning_default) / nullif(sum(amount_micro), 0), 4)
        AS share_assumed
FROM cost_ledger
GROUP BY ALL
ORDER BY source_category, amount DESC, kind;
