-- credit('<row id>') tells whom to credit for one row, and which files of the release hold the texts.
CREATE MACRO credit(wanted_row) AS TABLE
SELECT
    mix.row_id,
    mix.origin,
    mix.revision,
    mix.path,
    work.license_expression,
    work.locator,
    file.copyright_basis,
    file.copyrights AS copyrights_in_file,
    work.copyrights AS copyrights_of_work,
    list_transform(
        list_concat(file.text_sha256s, file.notice_sha256s),
        lambda digest : 'attribution/texts/' || digest || '.txt'
    ) AS texts
FROM mix
JOIN credited_files AS file USING (content_id, source_category, source, origin, revision, path)
JOIN credited_works AS work USING (work_id)
WHERE mix.row_id = wanted_row;
