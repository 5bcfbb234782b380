-- How do the source categories compare, measure by measure?
PIVOT (
    SELECT dimension, measure, unit, source_category, round(value, 4) AS value
    FROM source_scorecard
)
ON source_category IN ('open_source', 'educational', 'commercial', 'freelance', 'in_house')
USING any_value(value)
GROUP BY dimension, measure, unit
ORDER BY dimension, measure;
