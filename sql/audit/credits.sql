-- What does the current release owe credit to: each origin with its licenses and copyrights?
WITH released AS (
    SELECT origin, revision, license_concluded, count(DISTINCT content_id) AS n_contents
    FROM mix
    GROUP BY ALL
),
notices AS (
    SELECT o.origin, o.revision, list_sort(list_distinct(flatten(list(t.copyrights)))) AS copyrights
    FROM license_texts AS t
    JOIN (SELECT DISTINCT origin, revision, content_id FROM occurrences) AS o USING (content_id)
    GROUP BY ALL
)
SELECT released.*, notices.copyrights
FROM released
LEFT JOIN notices USING (origin, revision)
ORDER BY origin, revision, license_concluded;
