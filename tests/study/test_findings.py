"""Findings: every claim is made by one function, and fails when its sentence would be false."""

from importlib import import_module

import pytest

from usru.study import findings

MODULES = {name: import_module(f"usru.study.findings.{name}") for name in findings.SUBJECTS}


@pytest.mark.parametrize("name", MODULES)
def test_claims_are_numbered_and_say_what_they_look_for(name):
    own = {id: one for id, one in findings.FINDINGS.items() if id.startswith(f"{name}-")}
    assert own
    for id, function in own.items():
        assert function.__module__ == MODULES[name].__name__, id
        assert function.__doc__.endswith("."), id


def test_a_claim_that_nobody_makes_is_refused(corpus):
    with pytest.raises(KeyError, match="the claims on 'corpus' are corpus-1"):
        findings.show("corpus-99", corpus)
    with pytest.raises(KeyError, match="the claims on 'weather' are none"):
        findings.show("weather-1", corpus)


def test_texts_that_nobody_coded_and_that_say_nothing_get_no_false_claim(own):
    for id in ("corpus-2", "corpus-3", "corpus-4", "corpus-6"):
        assert findings.show(id, own).holds is None
