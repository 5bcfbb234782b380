import pytest
from recent import Recent


def test_the_oldest_question_is_forgotten():
    asked = []
    recent = Recent(lambda n: asked.append(n) or n * n, size=2)
    assert [recent(1), recent(2), recent(1), recent(3), recent(1)] == [1, 4, 1, 9, 1]
    assert asked == [1, 2, 3]
    assert recent(2) == 4
    assert asked == [1, 2, 3, 2]


def test_an_answer_of_none_is_remembered():
    calls = []
    recent = Recent(calls.append, size=1)
    recent("x")
    recent("x")
    assert calls == ["x"]


def test_no_room():
    with pytest.raises(ValueError, match="at least one"):
        Recent(str, 0)
