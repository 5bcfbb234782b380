from table import markdown_table


def test_columns_and_alignment():
    rows = [{"city": "Oslo", "people": 709}, {"city": "Bergen"}]
    assert markdown_table(rows).splitlines() == [
        "| city   | people |",
        "| ------ | -----: |",
        "| Oslo   |    709 |",
        "| Bergen |        |",
    ]


def test_bars_do_not_break_the_table():
    assert "a\\|b" in markdown_table([{"x": "a|b"}])


def test_no_rows():
    assert markdown_table([]) == ""
