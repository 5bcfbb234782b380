"""Charts are one line of Markdown short enough for the UI to show without a click."""

import base64
import re
from xml.etree import ElementTree

import pytest

from corpus_assets.defs.plots import MAX_MARKDOWN_CHARS, bars


@pytest.mark.parametrize("n_items", [1, 5, 40])
def test_a_chart_fits_and_is_an_image(n_items: int) -> None:
    shown = bars([(f"label <{number}> & more", 10.0**number % 977) for number in range(n_items)])
    match = re.fullmatch(r"!\[\]\(data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)\)", shown)
    assert match
    assert len(shown) <= MAX_MARKDOWN_CHARS
    root = ElementTree.fromstring(base64.b64decode(match[1]))
    texts = root.findall("{http://www.w3.org/2000/svg}text")
    assert 1 <= len(texts) <= n_items
    assert (texts[0].text or "").startswith("label <0> & more")


def test_nothing_gives_words() -> None:
    assert bars([]) == "nothing to show"


def test_the_longest_bar_is_that_of_the_largest_value() -> None:
    image = base64.b64decode(bars([("a", 1), ("b", 4)]).split(",")[1].rstrip(")")).decode()
    lengths = [int(found) for found in re.findall(r"h(\d+)v", image)]
    assert lengths[1] == 4 * lengths[0] or abs(lengths[1] - 4 * lengths[0]) <= 4
