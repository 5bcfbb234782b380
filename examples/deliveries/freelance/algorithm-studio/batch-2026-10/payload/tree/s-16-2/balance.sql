-- The balance of each account at the end of each day on which it moved.
WITH days AS (
    SELECT account, day, SUM(cents) AS cents
    FROM moves
    GROUP BY account, day
)
SELECT account, day, SUM(cents) OVER (PARTITION BY account ORDER BY day) AS balance
FROM days
ORDER BY account, day;
