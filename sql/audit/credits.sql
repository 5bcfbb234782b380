-- What does the current release owe credit to: each work with its license, copyrights and texts?
SELECT
    work.license_expression,
    work.locator,
    work.n_files,
    work.n_without_copyright,
    work.copyrights,
    list_sort(
        list_distinct(list(text.kind) FILTER (WHERE text.kind IS NOT NULL))
    ) AS kinds_of_text,
    work.ids_without_text
FROM credited_works AS work
LEFT JOIN credited_texts AS text
    ON list_contains(list_concat(work.text_sha256s, work.notice_sha256s), text.sha256)
GROUP BY ALL
ORDER BY work.license_expression, work.locator;
