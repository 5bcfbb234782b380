SELECT account, day, (SELECT SUM(cents) FROM moves) AS balance FROM moves;
