"""The language of a text is told where there is enough of it."""

import pytest

from usru.text import language

TEXTS = {
    "en": "The boats waited for the tide all morning while the crews mended their nets.",
    "de": "Die Boote warteten den ganzen Morgen auf die Flut, während man die Netze flickte.",
    "fr": "Les bateaux ont attendu la marée toute la matinée pendant qu'on réparait les filets.",
    "es": "Los barcos esperaron la marea toda la mañana mientras se remendaban las redes.",
    "ru": "Лодки всё утро ждали прилива, пока команды чинили свои сети на берегу.",
}


@pytest.mark.parametrize("code", TEXTS)
def test_a_sentence_tells_its_language(code):
    assert language.find(TEXTS[code]) == code


@pytest.mark.parametrize("text", ["", "12 345 678 " * 30, "Talks resume"])
def test_too_little_tells_nothing(text):
    assert language.find(text) is None


def test_most_texts_decide():
    assert language.of_most([TEXTS["en"], TEXTS["fr"], TEXTS["fr"], ""]) == "fr"
    assert language.of_most([]) == "en"


@pytest.mark.parametrize(("n", "most", "kept"), [(0, 5, 0), (3, 5, 3), (10, 5, 5), (11, 5, 4)])
def test_a_sample_is_spread_evenly(n, most, kept):
    assert len(language.sample(range(n), most)) == kept
