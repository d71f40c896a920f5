"""Many words as one pattern."""

import re

from hypothesis import given
from hypothesis import strategies as st

from usru.text.words import one_of

WORDS = st.lists(st.text("ab .", min_size=1, max_size=4).filter(str.strip), min_size=1, max_size=6)


@given(WORDS, st.text("ab .", max_size=8))
def test_the_longest_word_matches_as_if_they_stood_in_a_row(words, text):
    words = [word.strip() for word in words]
    row = "|".join(
        re.escape(word).replace(r"\ ", r"\s{1,8}") for word in sorted(words, key=len, reverse=True)
    )
    found = [match[0] for match in re.finditer(one_of(words), text)]
    assert found == re.findall(row, text)


def test_a_word_may_have_an_ending_of_its_own():
    pattern = re.compile(one_of(["May", "Jan"], {"Jan": r"\.?"}))
    assert pattern.findall("Jan. May.") == ["Jan.", "May"]
