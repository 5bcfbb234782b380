-- The two customers with most revenue per country; ties by name.
WITH revenue AS (
    SELECT c.country, c.name, SUM(o.cents) AS cents
    FROM customers AS c
    JOIN orders AS o ON o.customer_id = c.id
    WHERE o.state = 'paid'
    GROUP BY c.country, c.id, c.name
), ranked AS (
    SELECT r.*, ROW_NUMBER() OVER (PARTITION BY country ORDER BY cents DESC, name) AS place
    FROM revenue AS r
)
SELECT country, name, cents
FROM ranked
WHERE place <= 2
ORDER BY country, place;
