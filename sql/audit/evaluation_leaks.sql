-- Does any training row share a split group or a content with evaluation? Empty is right.
WITH held_out AS (SELECT content_id, split_group FROM mix WHERE stage = 'evaluation')
SELECT stage, row_id, content_id, split_group, origin, path
FROM mix
WHERE stage <> 'evaluation'
    AND (
        split_group IN (SELECT split_group FROM held_out WHERE split_group IS NOT NULL)
        OR content_id IN (SELECT content_id FROM held_out)
    )
ORDER BY stage, row_id;
