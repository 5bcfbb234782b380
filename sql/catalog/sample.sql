-- sample('pretraining', 0.01) gives the same hundredth of a stage each time, wherever it is stored.
CREATE MACRO sample(wanted_stage, part) AS TABLE
SELECT *
FROM mix
WHERE stage = wanted_stage AND sample_key < part * 9223372036854775808.0
ORDER BY sample_key;
