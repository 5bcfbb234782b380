-- Where do a file and its package say different things about the license?
SELECT
    origin,
    license_declared,
    license_info_in_file,
    license_state,
    reason,
    count(*) AS n_files,
    count(DISTINCT content_id) AS n_contents,
    min(path) AS first_path
FROM license_conclusions
WHERE license_state = 'conflict'
GROUP BY ALL
ORDER BY n_files DESC, origin, license_declared, license_info_in_file, reason;
