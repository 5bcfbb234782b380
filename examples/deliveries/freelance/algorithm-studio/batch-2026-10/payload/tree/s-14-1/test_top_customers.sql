-- Expected from top_customers.sql: DK|Bo|900, DK|Ada|500, SE|Cy|100
CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT, country TEXT);
CREATE TABLE orders (customer_id INTEGER, cents INTEGER, state TEXT);
INSERT INTO customers VALUES (1, 'Ada', 'DK'), (2, 'Bo', 'DK'), (3, 'Cy', 'SE'), (4, 'Di', 'DK');
INSERT INTO orders VALUES
    (1, 300, 'paid'), (1, 200, 'paid'), (2, 900, 'paid'), (4, 499, 'paid'), (4, 800, 'open'), (3, 100, 'paid');
