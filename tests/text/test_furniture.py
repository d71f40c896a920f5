"""Cues: lines that show on their face what they are, and the file that says how."""

import re

import pytest

from usru import codebook
from usru.errors import InputError
from usru.text import furniture
from usru.text.lines import units


def label(line, outlet=None):
    [unit] = units(line)
    found = furniture.cues(outlet).label(unit)
    return None if found is None else found.kind


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("In this May 3, 2017, photo, Mira Dolk arrives in Varnby.", "caption"),
        ("Mira Dolk, right, listens to Pal Aske in the town hall.", "caption"),
        ("Ministers Mira Dolk, L, and Pal Aske, R, in Varnby.", "caption"),
        ("Mira Dolk shakes hands with Pal Aske in Varnby, May 3, 2017.", "caption"),
        ("Mira Dolk, right after the vote, left the town hall.", None),
        ("14:22, 5 June 2018 | Updated 16:01", "timestamp"),
        ("GMT +319 August 2019", "timestamp"),
        ("Published Monday, Nov. 18, 2019", "timestamp"),
        ("5 June 2018 was a long day", None),
        ("1" * 290 + " x", None),
        ("* * *", "separator"),
        ("Scotland, Norway, Serbia, Israel", "tags"),
        ("We use cookies and other means, and you may say no to them at any time. " * 8, "nav"),
        ("The ministers met in the old town hall. " * 12, None),
        ("Sign up for our newsletter, the minister said to those who had come to the hall.", None),
        ("Newsletters are dead.", None),
        ("(Karl Ehm/The Harbour Post)", "credit"),
        ("Ann Lee in Bergen", "byline"),
        # Who joins a newsroom has written the story; who joins a choir is in it.
        ("Ann Lee joined The Harbour Post in 2008.", "byline"),
        ("She joined the newspaper in May 2008 and covers fishing.", "byline"),
        ("She joined the choir in 2008, and she left it a year later.", None),
        ("Peace in Bergen", None),
    ],
)
def test_a_line_shows_what_it_is(line, kind):
    assert label(line) == kind


def own(tmp_path, entry):
    (tmp_path / "codebook").mkdir()
    path = tmp_path / "codebook" / "outlets.toml"
    path.write_text(f"[Gazette]\n{entry}\n", encoding="utf-8")
    return furniture.cues("Gazette", codebook.read(tmp_path).outlets)


@pytest.mark.refusal
@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (r"nav = ['(\w+ ?)+!']", "could run for ever"),
        (r"nav = ['(a|a)*b']", "'(a|a)*b' could run for ever"),
        (r"nav = ['(?P<menu>x)', '(?P<menu>y)']", "'(?P<menu>x)' names a group or sets a flag"),
        (r"nav = ['x', '(?i)y']", "'(?i)y' names a group or sets a flag"),
        (r"byline = ['{NAME}( {NAME})*']", "could run for ever"),
        (r"nav = ['x{99999999999}']", "is no regular expression"),
        (r"nav = ['x', 'y)|(z']", "[Gazette], nav 2: 'y)|(z' is no regular expression"),
        (r"notice = ['x', 'y', 'z*']", "[Gazette], notice 3: 'z*' matches where there is no text"),
        (r"nav = ['.*.*.*.*']", "[Gazette], nav 1: '.*.*.*.*' "),
    ],
)
def test_a_pattern_that_cannot_be_used_is_refused_in_one_sentence(tmp_path, entry, told):
    with pytest.raises(InputError, match=re.escape(told)) as refusal:
        own(tmp_path, entry)
    assert "[Gazette], " in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.refusal
def test_a_phrase_is_refused_whether_a_page_needs_it_or_not(tmp_path):
    (tmp_path / "codebook").mkdir()
    path = tmp_path / "codebook" / "outlets.toml"
    text = "[every-outlet]\nnav = ['x']\n[Gazette]\nnav = ['y']\n[Post]\ntags = ['y', '(a+)+']\n"
    path.write_text(text, encoding="utf-8")
    outlets = codebook.read(tmp_path).outlets
    furniture.cues("Gazette", outlets)
    with pytest.raises(InputError, match=r"outlets\.toml, \[Post\], tags 2: '\(a\+\)\+' could run"):
        furniture.check(outlets)


def test_patterns_of_ones_own_that_are_harmless_are_taken(tmp_path):
    cues = own(tmp_path, r"nav = ['(home|news)( › \w+)*', '(?:a|b)+c', '.*tide tables.*']")
    [unit] = units("Today’s tide tables for Lund")
    assert cues.label(unit).rule == "nav-phrase of the outlet"
