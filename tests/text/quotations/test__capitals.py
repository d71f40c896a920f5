"""Copy in capitals and in title case, as running text."""

import pytest

from usru.text.quotations._capitals import as_running_text, is_capitalised
from usru.text.quotations.vocabulary import build, tokens

WORDS = build()


def running(*paragraphs):
    rows = as_running_text([tokens(text) for text in paragraphs], ["OSCE"], WORDS)
    return [" ".join(token.text for token in row) for row in rows]


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("MINISTER ANN LEE SAID NO.", "minister Ann Lee said no .", "names keep their capitals"),
        ("ANN VAN DER BERG TOLD THE LNS.", "Ann van der Berg told the LNS .", "particles and initials"),
        ("THE OSCE SAID NO.", "the OSCE said no .", "a known name that is printed in capitals"),
        ("LEE’S AIDE SAID NO ON MONDAY.", "Lee’s aide said no on Monday .", "genitives and days"),
        ("CRANE PAINTER OTTO BERG SAID NO.", "crane painter Otto Berg said no .", "an unknown post before a given name"),
        ("HARBOUR MASTER IVO BERG SAID NO.", "Harbour master Ivo Berg said no .", "a post of two words"),
        ("FRANCE HERO OTTO BERG SAID NO.", "France Hero Otto Berg said no .", "a country keeps its capital"),
        ("ANNA OTTO BERG SAID NO.", "Anna Otto Berg said no .", "a given name before another"),
        ("At the Port, Ann Lee Said No.", "At the Port , Ann Lee said No .", "title case: verbs alone"),
        ("Ann Lee Would Have Told You", "Ann Lee would have told You", "and what goes with them"),
        ("RED STATES - Ann Lee.", "RED STATES - Ann Lee .", "a heading in capitals before a name"),
        ("NATO, ANN LEE.", "NATO , ANN LEE .", "names in capitals are no sentence"),
        ("Ann Lee of NATO said no.", "Ann Lee of NATO said no .", "running text is as it was"),
    ],
)  # fmt: skip
def test_small_letters_are_where_running_text_has_them(text, expected, why):
    assert running(text) == [expected], why


def test_other_paragraphs_tell_how_a_word_is_written():
    assert running("THE HARBOUR OF McKAY SAID NO.".upper(), "At a harbour of McKay it rained.") == [
        "the harbour of McKay said no .",
        "At a harbour of McKay it rained .",
    ]


def test_lengths_and_what_is_printed_stay():
    text = "ANN LEE SAID NO."
    (row,) = as_running_text([tokens(text)], [], WORDS)
    assert [token.length for token in row] == [token.length for token in tokens(text)]
    assert [token.printed or token.text for token in row] == text.replace(".", " .").split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("WE STAY.", True),
        ("Many People Have Said That No Bridge Will Open", True),
        ("Silent River, Ann Lee", False),
        ("Many people marched on Friday", False),
        ("", False),
    ],
)
def test_a_paragraph_is_capitalised_or_not(text, expected):
    assert is_capitalised(text) is expected
