-- Which commercial or freelance work stands in open source too, from where, and under which license?
SELECT
    c.source_category,
    c.source,
    c.origin,
    c.path,
    c.level,
    round(c.similarity, 3) AS similarity,
    c.other_category,
    c.other_origin,
    c.other_revision,
    c.other_path,
    c.other_license_class,
    c.other_license_state,
    c.content_id,
    c.other_content_id
FROM copied_work AS c
WHERE c.source_category <> 'open_source' AND c.other_category = 'open_source'
ORDER BY c.source_category, c.source, c.origin, c.path, c.content_id, c.level;
