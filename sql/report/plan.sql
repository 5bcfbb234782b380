-- What was planned for each stage, from where, and what limited it?
SELECT
    stage,
    source_category,
    bound_by,
    count(*) AS n_cells,
    sum(available_tokens)::BIGINT AS available_tokens,
    sum(planned_tokens)::BIGINT AS planned_tokens,
    round(sum(planned_tokens) / nullif(sum(available_tokens), 0), 2) AS epochs
FROM mix_plan
GROUP BY ALL
ORDER BY stage, planned_tokens DESC, source_category, bound_by;
