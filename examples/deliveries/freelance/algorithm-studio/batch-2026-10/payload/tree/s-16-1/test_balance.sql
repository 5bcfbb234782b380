-- Expected from balance.sql: a|1|100, a|2|30, a|3|40, b|2|5
CREATE TABLE moves (account TEXT, day INTEGER, cents INTEGER);
INSERT INTO moves VALUES ('a', 2, -70), ('a', 1, 100), ('b', 2, 5), ('a', 3, 4), ('a', 3, 6);
