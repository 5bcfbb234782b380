-- Which kept copies look freer than another copy of the same code? Their cluster is a conflict.
SELECT
    r.content_id,
    r.license_concluded,
    r.license_reason,
    r.cluster_size,
    d.origin,
    d.path
FROM duplicate_resolution AS r
JOIN documents AS d USING (content_id)
WHERE r.is_kept AND r.cluster_size > 1 AND r.license_state = 'conflict'
ORDER BY d.origin, d.path, r.content_id;
