-- Missing invoice numbers as ranges: every hole between two numbers that exist.
SELECT number + 1 AS first_missing, following - 1 AS last_missing
FROM (SELECT number, LEAD(number) OVER (ORDER BY number) AS following FROM invoices) AS pairs
WHERE following > number + 1
ORDER BY first_missing;
