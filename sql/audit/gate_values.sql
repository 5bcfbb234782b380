-- How do measured values lie about each threshold, and which documents are nearest to it?
WITH bounds AS (
    SELECT
        content_id,
        language,
        stage,
        gate,
        unnest(string_split(value, '; ')) AS value,
        unnest(string_split(threshold, '; ')) AS bound
    FROM ledger
    WHERE value IS NOT NULL
),
numbers AS (
    SELECT
        *,
        try_cast(value AS DOUBLE) AS number,
        try_cast(string_split(bound, ' ')[3] AS DOUBLE) AS "limit",
        CASE string_split(bound, ' ')[2]
            WHEN '<=' THEN number > "limit"
            WHEN '<' THEN number >= "limit"
            WHEN '>=' THEN number < "limit"
        END AS is_outside
    FROM bounds
    WHERE regexp_full_match(bound, '\w+ (<=|>=|<) [0-9.e+-]+')
),
near AS (
    SELECT
        n.*,
        d.path,
        abs(number - "limit") AS distance,
        -- A tenth of the threshold, and about 0 a tenth of a unit.
        distance <= greatest(abs("limit") / 10, 0.1) AS is_near
    FROM numbers AS n
    JOIN documents AS d USING (content_id, language)
    WHERE number IS NOT NULL
),
summed AS (
    SELECT
        stage,
        gate,
        bound,
        language,
        count(*) AS n_measured,
        min(number) AS smallest,
        median(number) AS median,
        max(number) AS largest,
        count(*) FILTER (WHERE is_outside) AS n_outside,
        count(*) FILTER (WHERE is_outside AND is_near) AS n_just_outside,
        count(*) FILTER (WHERE NOT is_outside AND is_near) AS n_just_inside,
        first(path ORDER BY distance, content_id) FILTER (WHERE is_outside) AS nearest_outside,
        first(number ORDER BY distance, content_id) FILTER (WHERE is_outside) AS value_outside,
        first(path ORDER BY distance, content_id) FILTER (WHERE NOT is_outside) AS nearest_inside,
        first(number ORDER BY distance, content_id) FILTER (WHERE NOT is_outside) AS value_inside
    FROM near
    GROUP BY ALL
)
SELECT * FROM summed ORDER BY stage <> 'all', stage, gate, bound, language;
