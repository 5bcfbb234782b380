-- Where do taken-down contents occur, and are any of them in the current release?
SELECT
    t.request_id,
    t.reason,
    t.received_on,
    t.match,
    t.content_id,
    count(DISTINCT (o.origin, o.revision, o.path)) AS n_places,
    count(DISTINCT m.row_id) AS n_released_rows
FROM takedowns AS t
LEFT JOIN occurrences AS o USING (content_id)
LEFT JOIN mix AS m USING (content_id)
GROUP BY ALL
ORDER BY t.request_id, t.content_id;
