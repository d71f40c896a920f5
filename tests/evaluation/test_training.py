"""How the list for news is learned: on small samples, the same bytes each time."""

import gzip
import json

import pandas as pd
import pytest

from usru.analysis.tone import news
from usru.errors import InputError
from usru.evaluation import training
from usru.evaluation.training import Recipe

GOOD = ("The crowd cheered {}.", "They called {} a gifted speaker.", "{} thanked the nurses.")
BAD = ("The crowd jeered {}.", "They called {} a crooked speaker.", "{} insulted the nurses.")
NAMES = ("Reed", "Lee", "Ortiz", "Novak", "Haddad", "Okoye")
PAIRS = pd.DataFrame(
    [(text.format(name), label) for name in NAMES for texts, label in ((GOOD, 1), (BAD, -1)) for text in texts],
    columns=["text", "label"],
)  # fmt: skip


def learned(pairs: pd.DataFrame = PAIRS, **recipe: object) -> dict[str, float]:
    return training.learn(pairs["text"].tolist(), pairs["label"].tolist(), Recipe(**recipe))


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "pairs.jsonl.gz"
    lines = [json.dumps({"text": one.text, "target": "", "label": one.label}) for one in PAIRS.itertuples()]  # fmt: skip
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    return path


def test_words_get_the_sign_of_their_texts():
    found = learned()
    assert found["cheered"] > 0 > found["jeered"]
    assert found["gifted"] > 0 > found["crooked"]
    assert abs(learned(vader=False).get("speaker", 0)) < 0.3 < abs(found["gifted"]), (
        "praised as often as blamed"
    )


def test_names_and_neutral_words_get_no_weight():
    praised = PAIRS.assign(text=PAIRS["text"].str.replace("The crowd", "Reed and the president"))
    praised.loc[praised["text"].str.startswith("Reed and"), "label"] = 1
    found = learned(praised)
    assert not {"reed", "president", "and", "the"} & found.keys()
    assert "president" in learned(praised, neutral=True)


def test_a_word_gets_what_its_stem_got():
    text, label = "They cheer and are cheering for her.", 1
    found = learned(
        pd.concat([PAIRS, pd.DataFrame({"text": [text], "label": [label]})]), vader=False
    )
    assert found["cheering"] > 0.5 * found["cheered"] > 0
    alone = learned(
        pd.concat([PAIRS, pd.DataFrame({"text": [text], "label": [label]})]),
        vader=False,
        stems=False,
    )
    assert "cheering" not in alone, "it is in one text only"


def test_a_word_that_no_text_has_gets_its_value_from_the_published_list():
    assert learned()["disastrous"] < 0
    assert "disastrous" not in learned(vader=False)


def test_a_denied_word_is_learned_from_with_the_other_sign():
    denied = pd.DataFrame({"text": ["She wasn’t brisk.", "He was slow."] * 9, "label": [-1, 0] * 9})
    assert learned(denied, vader=False)["brisk"] > 0
    assert learned(denied, vader=False, negation=False)["brisk"] < 0


def test_the_same_file_gives_the_same_bytes(file, tmp_path, capsys):
    for name in ("one.csv", "two.csv"):
        assert training.main([str(file), "--to", str(tmp_path / name)]) == 0
    written = (tmp_path / "one.csv").read_bytes()
    assert written == (tmp_path / "two.csv").read_bytes()
    assert written.startswith(b"word,weight\n")
    words = len(written.splitlines()) - 1
    assert f"{words} words" in capsys.readouterr().out


def test_the_order_of_the_pairs_does_not_matter():
    assert learned(PAIRS.iloc[::-1]) == learned()


def test_a_text_is_never_scored_by_what_was_learned_from_it(monkeypatch):
    twice = pd.concat([PAIRS, PAIRS], ignore_index=True)
    known: list[set[str]] = []
    learn = training.learn

    def spied(texts, labels, recipe):
        known.append(set(texts))
        return learn(texts, labels, recipe)

    monkeypatch.setattr(training, "learn", spied)
    scores = training.held_out(twice, Recipe(vader=False), folds=4)
    assert len(known) == 4
    assert all(len(texts) < PAIRS["text"].nunique() for texts in known)
    assert sum(PAIRS["text"].nunique() - len(texts) for texts in known) == PAIRS["text"].nunique()
    assert training.rho(scores, twice, draws=20)[0] > 0.8


def test_each_step_is_measured_beside_the_other_lists(file, capsys, monkeypatch):
    monkeypatch.setattr(training, "STEPS", {"plain": Recipe(vader=False)})
    table = training.table(training.read(file), {"plain": Recipe(vader=False)})
    assert table["list"].tolist() == ["TextBlob", "VADER", "the NRC list", "plain"]
    assert (table["low"] <= table["rho"]).all()
    assert (table["rho"] <= table["high"]).all()


@pytest.mark.parametrize("line", ["no json", '{"text": "A."}', '{"text": "A.", "label": 2}', "[]"])
def test_a_line_without_text_or_label_is_named(line, tmp_path):
    path = tmp_path / "pairs.jsonl"
    path.write_text('{"text": "A.", "label": 0}\n' + line, encoding="utf-8")
    with pytest.raises(InputError, match=r"pairs\.jsonl, line 2: it has no text and label; write"):
        training.read(path)


def test_the_shipped_list_was_made_by_the_recipe():
    listed = news.weights()
    assert listed.keys().isdisjoint(training.neutral())
    assert all(abs(weight) >= Recipe().floor for weight in listed.values())
