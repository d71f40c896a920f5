"""No regular expression of the package can run away, and one of a user that can is known."""

import importlib
import itertools
import pkgutil
import re
import time
from re import _constants as op
from re import _parser

import pytest

import usru
from usru import codebook
from usru.errors import InputError
from usru.text import furniture, patterns
from usru.text.patterns import _ambiguous, _in_a_row, fault
from usru.text.quotations import vocabulary


@pytest.mark.parametrize(
    ("pattern", "runs_away"),
    [
        (r"(\w+ ?)+!", True),
        (r"(\w+ )+!", False),
        (r"(a|a)*b", True),
        (r"(a|b)*c", False),
        (r"(a*)*b", True),
        (r"(a?){20}b", True),
        (r"(foo|bar|foobar)+!", True),
        (r"(foo|bar|boo)+!", False),
        (r"[\w' ]{2,24}( ?[|»›] ?[\w' ]{2,24})+", True),
        (r"[\w' ]{2,24}([|»›][\w' ]{2,24})+", False),
        (r"(?:\d|[\s,.]|\d+)+x", True),
        (r".*said.*on.*", False),
        (r"(#\w+[ ,]*){2,}", False),
        (r"([^\W\d]+[\s,]+)*$", False),
        (r"(?:x(?:y|z)*)+", False),
        (r"(?i:(Ab|ab)*)c", True),
        (r"(?=(a+)+b)a", True),
        (r"(?<!x)(?!(a|a)*b)a", True),
        (r"(a)(\1|a)*b", True),
        (r"(a)?x(?(1)(b*)*|c)d", True),
        (r"(a)?x(?(1)b*|c)d", False),
        (r"((((a{1,4}){1,4}){1,4}){1,4}){1,4}b", True),
        (r"(a{1,4}){1,4}b", False),
        (r"((((x+y)+z)+a)+b)+c", False),
        ("", False),
    ],
)
def test_a_pattern_that_can_match_one_text_in_two_ways_is_ambiguous(pattern, runs_away):
    assert _ambiguous(pattern) == runs_away


BAD = {
    "open-group": ("(a", "is no regular expression (missing )"),
    "closed-group": ("a)", "unbalanced parenthesis"),
    "open-set": ("[a", "unterminated character set"),
    "backward-range": ("[z-a]", "bad character range z-a"),
    "nothing-repeated": ("*a", "nothing to repeat"),
    "repeated-twice": ("a**", "multiple repeat"),
    "too-often": ("a{99999999999}", "the repetition number is too large"),
    "open-escape": ("a\\", "bad escape (end of pattern)"),
    "escape-of-others": (r"\p{L}+", r"bad escape \p"),
    "set-in-set": ("[[:alpha:]]+", "Possible nested set"),
    "sets-joined": ("[a&&b]", "Possible set intersection"),
    "look-behind": ("(?<=a+)b", "look-behind requires fixed-width pattern"),
    "unknown-name": ("(?P=x)", "unknown group name 'x'"),
    "unknown-group": (r"a\1", "invalid group reference 1"),
    "unknown-condition": ("(?(1)a|b)", "invalid group reference 1"),
    "group-twice": ("(?P<a>x)(?P<a>y)", "redefinition of group name 'a'"),
    "deep": ("(" * 2000 + ")" * 2000, "maximum recursion depth"),
    "names-a-group": ("(?P<menu>x)", "names a group or sets a flag"),
    "flag-first": ("(?i)a", "names a group or sets a flag"),
    "flag-inside": ("a(?i)b", "global flags not at the start"),
    "flag-of-bytes": ("(?L)a", "is no regular expression"),
    "empty": ("", "matches where there is no text"),
    "empty-way": ("a|", "matches where there is no text"),
    "all-optional": ("(a?b*)?", "matches where there is no text"),
    "end": ("$", "matches where there is no text"),
    "comment": ("(?#menu)", "matches where there is no text"),
    "plus-of-plus": ("(a+)+$", "could run for ever"),
    "same-ways": ("(a|a)*b", "could run for ever"),
    "star-of-star": ("(.*)*x", "could run for ever"),
    "overlapping-ways": ("(a|ab|b)*c", "could run for ever"),
    "sets-overlap": (r"([\w-]+|\d)+!", "could run for ever"),
    "optional-space": (r"(\w+ ?)+!", "could run for ever"),
    "lazy": ("(a+?)+?b", "could run for ever"),
    "look-ahead": ("(?=(a+)+b)a", "could run for ever"),
    "reference": (r"(a)(\1|a)*b", "could run for ever"),
    "few-of-few": ("((((a{1,4}){1,4}){1,4}){1,4}){1,4}b", "could run for ever"),
    "in-a-row": (".*.*.*.*x", "could take hours"),
    "words-in-a-row": (r"\w+\s*\w+\s*\w+\s*\w+!", "could take hours"),
    "long-loop": (f"({'ab' * 1000})+", "repeats a part that is too long"),
}  # fmt: skip


@pytest.mark.refusal
@pytest.mark.parametrize(("pattern", "told"), BAD.values(), ids=BAD)
def test_a_pattern_that_cannot_be_used_is_refused_at_once(pattern, told):
    with pytest.raises(InputError) as caught:
        patterns.compiled("outlets.toml, [Gazette], nav 1", pattern, pattern)
    assert caught.value.place == "outlets.toml, [Gazette], nav 1"
    assert caught.value.problem.startswith(f"{pattern!r} ")
    assert told in caught.value.problem


@pytest.mark.parametrize(
    "pattern",
    ["menu", "(home|news)( › .*)?", r"(?i:a)+b", r"(?:a|b)+c", r"(\w)\1", r"\d{1,4}(,\d{3})*", "a{2}", ".*said.*on.*",
     r"[\W\d]*(like|share)s?", "a*b*c*d*e*f", "(?s:.)", "x|y", "(?>a+)b", "a++b", f"({'ab' * 500})+"],
)  # fmt: skip
def test_a_pattern_that_can_be_used_has_no_fault(pattern):
    assert fault(pattern) is None


@pytest.mark.parametrize(
    ("pattern", "n"),
    [("abc", 0), ("a*ba*", 1), ("a*b*a*", 2), (".*a*", 2), (".*,.*,.*,.*", 1), (r"[\W\d]*.{0,20}.*", 3), ("(a*|b)c", 1)],
)  # fmt: skip
def test_repetitions_in_a_row_are_those_that_can_match_the_same(pattern, n):
    assert _in_a_row(pattern) == n


def compiled(thing, depth=0):
    """Every compiled pattern in a module's names, in collections and in objects of the package."""
    if isinstance(thing, re.Pattern):
        yield thing
    elif depth < 6 and isinstance(thing, list | tuple | set | frozenset | dict):
        for inner in thing.values() if isinstance(thing, dict) else thing:
            yield from compiled(inner, depth + 1)
    elif depth < 6 and type(thing).__module__.startswith("usru") and hasattr(thing, "__dict__"):
        yield from compiled(vars(thing), depth + 1)


def every_pattern():
    modules = (
        importlib.import_module(module.name)
        for module in pkgutil.walk_packages(usru.__path__, "usru.")
        if not module.name.endswith("__main__")
    )
    outlets = [
        furniture.cues(name) for name in ("Sputnik", "Zero Hedge", "EconoTimes", "Breitbart")
    ]
    things = [*map(vars, modules), outlets, codebook.read().speakers, vocabulary.build()]
    found = {(p.pattern, p.flags): p for thing in things for p in compiled(thing)}
    return list(found.values())


PATTERNS = every_pattern()


def test_the_patterns_of_code_and_codebook_are_found():
    assert len(PATTERNS) > 80


@pytest.mark.parametrize("pattern", PATTERNS, ids=range(len(PATTERNS)))
def test_no_pattern_of_the_package_is_ambiguous(pattern):
    assert not _ambiguous(pattern.pattern, pattern.flags & ~re.UNICODE)


def test_every_shipped_phrase_would_be_taken_from_others():
    outlets = codebook.read().outlets
    for own in (outlets.every, *outlets.others.values()):
        for name, phrases in vars(own).items():
            flags = re.NOFLAG if name in furniture._HEED_CASE else re.IGNORECASE
            for written in phrases:
                assert fault(written, written.replace("{NAME}", furniture._NAME), flags) is None


def sample(items, pumped=None, times=1):
    """A text that a parsed pattern accepts; one repeated part may be repeated many times."""
    return "".join(part(code, argument, pumped, times) for code, argument in items)


def part(code, argument, pumped, times):
    if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        least, most, items = argument
        again = times if items is pumped else max(least, min(1, int(most)))
        return sample(items, pumped, times) * again
    if code is op.SUBPATTERN:
        return sample(argument[-1], pumped, times)
    if code is op.BRANCH:
        way = next((w for w in argument[1] if any(r is pumped for r in repeats(w))), argument[1][0])
        return sample(way, pumped, times)
    if code is op.LITERAL:
        return chr(argument)
    if code is op.IN:
        return next((c for c in "a A1,.-'\t|»x" if re.match(one(argument), c)), "x")
    return "a" if code in (op.ANY, op.NOT_LITERAL) else ""


def one(members):
    signs = {op.LITERAL: lambda a: re.escape(chr(a)), op.NEGATE: lambda a: "^"}
    ranges = {op.RANGE: lambda a: f"{re.escape(chr(a[0]))}-{re.escape(chr(a[1]))}"}
    kinds = {"digit": "d", "space": "s", "word": "w"}

    def kind(name):
        name = str(name).lower().removeprefix("category_")
        letter = kinds[name.removeprefix("not_")]
        return "\\" + (letter.upper() if name.startswith("not_") else letter)

    write = signs | ranges | {op.CATEGORY: kind}
    return f"[{''.join(write[code](argument) for code, argument in members)}]"


def repeats(items):
    """The repeated parts of a parsed pattern that may come more than a few times."""
    for code, argument in items:
        if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            if int(argument[1]) > 4:
                yield argument[2]
            yield from repeats(argument[2])
        elif code is op.SUBPATTERN:
            yield from repeats(argument[-1])
        elif code is op.BRANCH:
            for way in argument[1]:
                yield from repeats(way)


def seconds(pattern, text):
    text = text.encode() if isinstance(pattern.pattern, bytes) else text
    start = time.perf_counter()
    pattern.fullmatch(text)
    return time.perf_counter() - start


@pytest.mark.parametrize("pattern", PATTERNS, ids=range(len(PATTERNS)))
def test_time_does_not_run_away_on_a_line_built_from_the_pattern_itself(pattern):
    """A line four times as long may take sixteen times as long, and five times that for noise.

    The line grows step by step, so that a pattern that does run away fails before it hangs.
    """
    tree = list(_parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))
    for pumped in itertools.islice(repeats(tree), 40):
        size = max(1, len(sample(pumped)))
        taken = {}
        for length in (20, 40, 75, 150, 300):
            text = sample(tree, pumped, max(1, length // size))[: length + 40] + "\x00"
            taken[length] = min(seconds(pattern, text) for _ in range(2))
            assert taken[length] < 0.5, (pattern.pattern[:80], text[:60])
        assert taken[300] < 80 * max(taken[75], 5e-6), pattern.pattern[:80]
