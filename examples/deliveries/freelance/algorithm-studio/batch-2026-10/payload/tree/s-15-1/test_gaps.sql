-- Expected from gaps.sql: 3|3, 6|9
CREATE TABLE invoices (number INTEGER PRIMARY KEY);
INSERT INTO invoices VALUES (1), (2), (4), (5), (10);
