-- Which copyleft files reached the current release, and in which stage? Empty is the usual answer.
SELECT stage, license_concluded, license_class, origin, revision, path, content_id, row_id
FROM mix
WHERE license_class IN ('weak_copyleft', 'strong_copyleft', 'network_copyleft')
ORDER BY stage, license_class, origin, path, row_id;
