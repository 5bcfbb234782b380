from places import insert_place


def test_places():
    values = [1, 3, 3, 7]
    assert [insert_place(values, wanted) for wanted in (0, 1, 3, 5, 9)] == [0, 0, 1, 3, 4]


def test_empty():
    assert insert_place([], 4) == 0
