"""A cache that forgets what was not asked for longest."""

from collections import OrderedDict
from collections.abc import Callable, Hashable


class Recent:
    """Remembers the `size` latest answers of a function of one argument."""

    def __init__(self, compute: Callable[[Hashable], object], size: int) -> None:
        if size < 1:
            raise ValueError("room for at least one answer is needed")
        self._compute, self._size = compute, size
        self._answers: OrderedDict[Hashable, object] = OrderedDict()

    def __call__(self, question: Hashable) -> object:
        if question in self._answers:
            self._answers.move_to_end(question)
            return self._answers[question]
        answer = self._answers[question] = self._compute(question)
        if len(self._answers) > self._size:
            self._answers.popitem(last=False)
        return answer
