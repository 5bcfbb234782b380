-- Whom the release credits: each work with its license, its copyrights and the texts that go along.
CREATE VIEW attribution AS
SELECT
    license_expression,
    license_class,
    locator,
    source_category,
    origin,
    revision,
    n_files,
    n_without_copyright,
    copyrights,
    text_sha256s,
    notice_sha256s,
    ids_without_text
FROM credited_works
ORDER BY license_expression, origin, revision;
