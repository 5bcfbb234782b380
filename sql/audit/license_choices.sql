-- Which expressions left a choice, and which branch was taken?
SELECT
    license_concluded,
    license_elected,
    license_class,
    count(*) AS n_files,
    count(DISTINCT origin) AS n_origins,
    min(origin || ' ' || path) AS first_file
FROM license_conclusions
WHERE license_elected IS NOT NULL
GROUP BY ALL
ORDER BY n_files DESC, license_concluded, license_elected, license_class;
