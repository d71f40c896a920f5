"""The list learned from news: what it should hear, and what must have no tone."""

import calendar
import re

import pytest

from usru.analysis.tone import news
from usru.analysis.tone.negation import ENDINGS, NEGATORS
from usru.errors import InputError
from usru.files import shipped

BAD = [
    # Verbs and nouns of the law.
    "The deputy was accused of hiding the payments.",
    "A grand jury indicted the banker.",
    "The minister was charged with fraud.",
    "She was jailed for bribery.",
    "The aide pleaded guilty.",
    "Prosecutors arrested two editors.",
    # Contracted, with either apostrophe, and joined negations.
    "The delegates aren't satisfied.",
    "The premier wasn’t praised for it.",
    "Nobody welcomed the generous offer.",
    "They cannot trust him.",
    # Refusals.
    "She declined to back the fair plan.",
    "They rejected the generous offer.",
    "He failed to win their support.",
    # A good word of a bad fact.
    "The senator’s approval sank to a record low.",
    "The mayor’s popularity plunged.",
    "The talks ended in anger.",
]
GOOD = [
    # The end of something bad.
    "The armies stopped the killing.",
    "The agreement halted the violence.",
    "They eased the tensions.",
    "The crisis ended in May.",
    "They avoided a disaster.",
    "The number of murders fell to a record low.",
    # Denied blame.
    "She isn’t corrupt.",
    "He was never accused of lying.",
    "There was no threat.",
    # What looks like a denial.
    "They not only praised him but thanked him.",
    "There is no doubt that she was brave.",
    "The senator’s approval hit a record high.",
    "They praised her courage.",
    "The two sides welcomed the agreement.",
]
NEUTRAL = [
    # Offices and bodies, with capitals and without.
    "The Defense Department and the Supreme Court wrote to both committees.",
    "The governor met the attorney general and the public.",
    "The Justice Minister spoke to the White House.",
    "The general public was told of the leaders of both parties.",
    # Amount, order and kind.
    "The chairman spoke of many more new meetings.",
    "Most of the first few reports were published this week.",
    # Names that are words.
    "Hope Lee met Grace Frank and Joy Love in Bath.",
    "Will Rich told Bill Strong.",
]


NAMES = """
    trump clinton obama bush biden pence mueller comey kavanaugh sanders warren merkel macron putin
    kim moon assad netanyahu erdogan modi xi donald hillary barack vladimir sergei angela emmanuel
    theresa kremlin pentagon brussels moscow washington beijing london russia china iran ukraine
    germany france britain america europe syria korea russian chinese american british german french
    iranian ukrainian syrian european korean democrats republicans democrat republican muslim
    christian jewish catholic facebook twitter google reuters sputnik breitbart nato turkey jordan
    chad georgia
"""


@pytest.mark.parametrize("text", BAD)
def test_a_bad_fact_is_below_zero(text):
    assert news.score(text) < 0


@pytest.mark.parametrize("text", GOOD)
def test_a_good_fact_is_above_zero(text):
    assert news.score(text) > 0


@pytest.mark.parametrize("text", NEUTRAL)
def test_offices_amounts_and_names_are_near_zero(text):
    assert abs(news.score(text)) < 0.05


def test_a_name_has_no_tone_in_small_letters_either(corpus):
    names = set(NAMES.split())
    names |= {name.lower() for name in [*calendar.day_name, *calendar.month_name]}
    names |= {word.lower() for one in corpus.codebook.speakers.people for word in one.name.split()}
    assert len(names) > 100
    assert not names & news.weights().keys()


def test_groups_of_people_have_no_tone():
    groups = (
        "men women girls boys black blacks gay lesbian transgender immigrants migrants refugees"
    )
    assert not set(groups.split()) & news.weights().keys()


def test_what_turns_others_has_no_tone_of_its_own():
    assert not (NEGATORS | ENDINGS) & news.weights().keys()


def test_the_list_is_in_order_with_weights_of_two_digits():
    lines = (shipped() / news.FILE).read_text(encoding="utf-8").splitlines()
    words = [line.split(",")[0] for line in lines[1:]]
    assert words == sorted(set(words))
    assert all(re.fullmatch(r"[^\W\d_]+(?:'[^\W\d_]+)*,-?\d\.\d\d", line) for line in lines[1:])
    assert all(0.1 <= abs(weight) < 3 for weight in news.weights().values())
    assert sum(path.stat().st_size for path in (shipped() / "tone").iterdir()) < 300_000


def test_only_words_in_lower_case_count():
    assert news.score("PRAISED AND HONOURED") == news.score("Praised And Honoured") == 0
    assert [one.word for one in news.occurrences("Praised, she was honoured in BATH.")] == ["she", "was", "honoured", "in"]  # fmt: skip


def test_words_within_marks_and_hyphens_count():
    plain = news.total(news.occurrences("a corrupt and brave start"), news.weights())
    for text in (
        "a “corrupt” and (brave) start",
        "a corrupt-and-brave start",
        "a ‘corrupt’ and brave start",
    ):
        assert news.total(news.occurrences(text), news.weights()) == plain


def test_a_broken_list_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(news, "shipped", lambda: tmp_path)
    (tmp_path / "tone").mkdir()
    (tmp_path / news.FILE).write_text("word,weight\ngood,much\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"news.csv, line 2: .*restore the file"):
        news.weights.__wrapped__()
