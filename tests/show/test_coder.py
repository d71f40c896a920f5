"""The coder's desk, driven as a coder drives it."""

import asyncio
import re
import shutil
from html import unescape

import pytest

import usru
from usru.coding import codes, comparison, units
from usru.coding.decisions import Coding
from usru.coding.sampling import sample
from usru.errors import InputError
from usru.show.coder import Coder

PARTS = ("message", "passage", "codebook", "results")


def enter(coder, *typed):
    """Type something and press Enter, several times."""
    for one in typed:
        coder.answer.value = one
        coder._sent(coder.answer, {"event": "submit"}, [])


def shown(coder, *parts):
    """What people read of some parts, or of all."""
    markup = " ".join(getattr(coder, part).value for part in parts or PARTS)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def offered(coder):
    return [name for name, button in coder.buttons.items() if button.layout.display != "none"]


def test_it_asks_for_a_name_first_and_keeps_one_that_will_not_do(copied):
    coder = Coder(copied)
    assert shown(coder).startswith("Who codes? Choose a name of your own")
    assert coder.answer.description == "Your name"
    enter(coder, "../anna")
    assert "it cannot be the name of a folder" in shown(coder, "message")
    assert coder.answer.value == "../anna"
    assert not (copied.manifest.folder / "coding" / "anna").exists()
    enter(coder, "Anna")
    assert repr(coder) == "Coder(topics, anna, round 1: 0 of 78 coded)"


def test_a_name_can_be_given_and_what_cannot_be_coded_is_refused(copied):
    assert Coder(copied, "voice", "anna").answer.description == "Code"
    with pytest.raises(InputError, match="choose from topics, valence, voice, speakers"):
        Coder(copied, "colour")
    with pytest.raises(InputError, match="it is taken"):
        Coder(copied, "voice", "reference")


def test_a_name_that_is_not_in_the_list_is_taken_and_told(copied):
    coder = Coder(copied, "speakers", "anna")
    for typed, told in {
        "1": "Sergei Lavrov",
        "0": "nobody",
        "Ann Lee": "Ann Lee, a name that is not in the list",
    }.items():
        enter(coder, typed)
        assert shown(coder, "message") == f"Saved: {told}."


@pytest.mark.parametrize("what", units.KINDS)
def test_it_is_blind(copied, what):
    """Neither where a passage is from nor how it was read is anywhere in what is shown."""
    coder = Coder(copied, what, "anna")
    found = 0
    for key in coder.coding.order:
        coder._show(key)
        text = unescape("".join(getattr(coder, part).value for part in PARTS))
        unit = coder.coding.units[key]
        outside = text.replace(unit["before"] + unit["text"] + unit["after"], "")
        for row in copied.documents.itertuples():
            assert row.doc_id not in text
            assert row.title not in text
            assert copied.labels["doc_id"][row.doc_id] not in outside
        found += f'"{unit["line"]}"' in outside
    assert found == 0


@pytest.mark.parametrize(
    ("what", "inside"), [("topics", 0), ("valence", 0), ("voice", 1), ("speakers", 1)]
)
def test_a_part_of_a_paragraph_is_marked_in_it(copied, what, inside):
    coder = Coder(copied, what, "anna")
    assert coder.passage.value.count("<mark>") == inside


@pytest.mark.parametrize("what", units.KINDS)
def test_the_codebook_is_beside_it(copied, what):
    coder = Coder(copied, what, "anna")
    text = shown(coder, "codebook")
    for value, key in codes.keys(codes.find(copied, what)).items():
        code = codes.find(copied, what)[value]
        assert f"{key.replace('-', '−')} {code.label}" in text
        assert code.definition in text
    assert ("or 0 when" in text) == (what in ("topics", "speakers"))


def test_each_enter_saves_and_goes_on(copied):
    coder = Coder(copied, "topics", "anna")
    for n, typed in enumerate(["1 3", "0", "press"], start=1):
        before = coder.passage.value
        enter(coder, typed)
        assert coder.passage.value != before
        assert len(copied.coding("topics", "anna")) == n
        assert coder.answer.value == ""
    assert shown(coder, "message") == "Saved: press access."
    assert [*coder.coding.decisions.values()] == ["bilateral syria", "", "press"]


@pytest.mark.parametrize("typed", ["", "77", "1 77", "zz"])
def test_what_is_no_code_gives_one_sentence_and_stays(copied, typed):
    coder = Coder(copied, "topics", "anna")
    before = coder.passage.value
    enter(coder, typed)
    assert "refusal" in coder.message.value
    assert (coder.answer.value, coder.passage.value) == (typed, before)
    assert not (copied.manifest.folder / "coding" / "anna").exists()


def test_leaving_the_field_decides_nothing(copied):
    coder = Coder(copied, "topics", "anna")
    coder.answer.value = "1"
    coder._sent(coder.answer, {"event": "other"}, [])
    assert coder.coding.done == []


def test_the_value_may_come_after_the_enter_that_sent_it(copied, monkeypatch):
    """In a browser it does: the key is told first, then what changed."""
    coder = Coder(copied, "topics", "anna")

    async def press(value, grace):
        monkeypatch.setattr("usru.show.coder.GRACE", grace)
        coder._sent(coder.answer, {"event": "submit"}, [])
        if value is not None:
            coder.answer.value = value
        await asyncio.sleep(0.01)

    asyncio.run(press("3", grace=600))
    assert [*coder.coding.decisions.values()] == ["syria"]
    enter(coder, "<")
    asyncio.run(press(None, grace=0))
    assert [*coder.coding.decisions.values()] == ["syria"]
    assert coder.answer.value == ""


def test_an_enter_soon_after_another_waits_for_its_own_value(copied, monkeypatch):
    monkeypatch.setattr("usru.show.coder.GRACE", 600)
    coder = Coder(copied, "topics", "anna")

    async def press_twice():
        coder._sent(coder.answer, {"event": "submit"}, [])
        first, coder.answer.value = coder._waiting, "1"
        coder._sent(coder.answer, {"event": "submit"}, [])
        assert first.cancelled()
        assert not coder._waiting.cancelled()
        coder.answer.value = "2"

    asyncio.run(press_twice())
    assert [*coder.coding.decisions.values()] == ["bilateral", "ukraine"]


def test_one_can_go_back_and_revise(copied):
    coder = Coder(copied, "topics", "anna")
    first, second = coder.coding.order[:2]
    enter(coder, "1", "3 15")
    third_shown = coder.passage.value
    enter(coder, "<")
    assert coder.answer.value == "3 15"
    assert "You coded this as Syria and press access . Enter keeps it." in shown(coder, "passage")
    enter(coder, "<")
    assert coder.answer.value == "1"
    enter(coder, "<")
    assert "There is none before this one" in shown(coder, "message")
    enter(coder, "2")
    assert coder.coding.decisions == {first: "ukraine", second: "syria press"}
    assert coder.passage.value == third_shown
    enter(coder, "<", "?")
    assert (coder.passage.value, coder.answer.value) == (third_shown, "")


def test_a_passage_can_be_left_for_later(copied):
    coder = Coder(copied, "topics", "anna", n=3)
    order = coder.coding.order
    enter(coder, "?")
    assert shown(coder, "message") == "Left for later."
    enter(coder, "1", "1", "?")
    assert shown(coder, "message") == "This is the only one left."
    assert coder._at == order[0]
    enter(coder, "2")
    assert coder.coding.decisions[order[0]] == "ukraine"
    assert shown(coder, "passage").startswith("All is coded 3 passages are coded.")


def test_it_goes_on_where_it_was(copied):
    coder = Coder(copied, "topics", "anna", n=5)
    enter(coder, "1", "2")
    again = Coder(copied, "topics", "Anna", n=5)
    assert again.passage.value == coder.passage.value
    assert shown(again, "message") == "Welcome back: 2 passages are coded already."
    enter(again, "<")
    assert again.answer.value == "2"


def test_a_codebook_that_changes_in_the_middle_is_told(copied):
    enter(Coder(copied, "topics", "anna"), "1")
    path = copied.manifest.folder / "codebook" / "topics.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('label = "press access"', 'label = "press"'), encoding="utf-8")
    again = Coder(usru.load(copied.manifest.folder), "topics", "anna")
    assert "The codebook has changed since 1 of them was coded" in shown(again, "message")


@pytest.mark.parametrize(
    ("what", "value", "label"), [("topics", "press boats", "press access and boats"), ("valence", "", "nobody"),
                                 ("valence", "9", "9"), ("voice", "song", "song")],
)  # fmt: skip
def test_what_the_codebook_does_not_have_any_more_is_shown_as_it_is(copied, what, value, label):
    coding = Coding(copied, what, "anna")
    coding.decide(coding.order[0], value)
    coder = Coder(copied, what, "anna")
    enter(coder, "<")
    assert f"You coded this as {label} . Enter keeps it." in shown(coder, "passage")


def test_codings_may_be_in_a_folder_that_coders_share(copied, tmp_path):
    folder = copied.manifest.folder / "coding"
    folder.rename(tmp_path / "shared")
    folder.symlink_to(tmp_path / "shared", target_is_directory=True)
    coder = Coder(copied, "valence", "anna", n=1)
    enter(coder, "0", "lock")
    assert "The decisions are in coding/anna/valence.csv ." in shown(coder, "passage")


def test_a_window_that_was_left_open_shows_what_another_one_locked(copied):
    coder, other = (Coder(copied, "valence", "anna", n=2) for _ in range(2))
    enter(coder, "0", "0")
    enter(other, "0", "finish")
    enter(coder, "lock")
    enter(other, "lock")
    assert "The decisions are in coding/anna/valence.csv ." in shown(other, "passage")


def test_nothing_is_revealed_before_it_is_locked(copied):
    coder = Coder(copied, "valence", "anna", n=4)
    enter(coder, "0", "0", "finish")
    assert "Finish here? 2 passages are coded, 2 are not and will not be compared." in shown(coder)
    assert offered(coder) == ["back", "skip", "lock"]
    enter(coder, "yes")
    assert "cannot be done now" in shown(coder, "message")
    enter(coder, "?", "0", "0")
    assert shown(coder, "passage").startswith("All is coded")
    assert coder.results.value == ""
    enter(coder, "<", "1", "lock")
    assert coder.coding.locked
    text = shown(coder)
    assert text.startswith("Locked: anna The decisions are in coding/anna/valence.csv .")
    assert "not the truth" in text
    assert "Rows: you. Columns: the reference." in text
    assert (coder.answer.layout.display, offered(coder)) == ("none", ["again"])


def test_a_coding_of_nothing_cannot_be_locked(copied):
    coder = Coder(copied, "valence", "anna")
    enter(coder, "lock")
    assert "cannot be done now" in shown(coder, "message")
    enter(coder, "finish", "lock")
    assert "nothing is coded yet" in shown(coder, "message")


def test_the_passages_that_differ_are_side_by_side(copied):
    coder = Coder(copied, "speakers", "anna", n=6)
    enter(coder, *["Ann Lee"] * 6, "lock")
    found = re.findall(r"<li><blockquote>.*?</li>", coder.results.value, re.DOTALL)
    assert len(found) == 6
    assert all("You:</b> Ann Lee" in one and "The reference:</b> " in one for one in found)
    assert "Confusion" not in coder.results.value


@pytest.mark.parametrize("what", units.KINDS)
def test_full_agreement_is_not_called_more_than_it_is(copied, what):
    kind = units.KINDS[what]
    read = comparison.values(copied.coding(kind.file), what)
    coder = Coder(copied, what, "anna", n=8)
    while coder._at is not None:
        value = read.loc[coder._at]
        typed = {"topics": lambda v: " ".join(v) or "0", "valence": lambda v: f"{v:.0f}"}
        enter(coder, typed.get(what, str)(value))
    enter(coder, "lock")
    text = shown(coder, "results")
    assert "the reference 8 8 1.00 1.00 to 1.00" in text
    assert "Nothing differs in 8 passages. That does not show that nothing ever would" in text
    assert "If 31% of all such passages were to differ, none among 8 would still happen" in text


def test_a_second_round_is_blind_again_and_shows_what_was_learned(copied):
    coder = Coder(copied, "valence", "anna", n=6)
    enter(coder, *"000000", "lock")
    first = coder.coding.order
    coder.buttons["again"].click()
    assert "0 of 6 coded, round 2" in shown(coder, "passage")
    assert coder.results.value == ""
    assert coder.coding.order != first
    assert {*coder.coding.order} == {*first}
    enter(coder, *"000001", "lock")
    text = shown(coder, "results")
    for row in ("the reference, in round 1 6", "the reference, in round 2 6", "your round 1 6 5"):
        assert row in text, row


def test_a_locked_file_that_was_changed_shows_nothing(copied):
    coder = Coder(copied, "valence", "anna", n=3)
    enter(coder, *"000", "lock")
    path = coder.coding.path
    path.write_text(path.read_text(encoding="utf-8").replace(",0,", ",1,"), encoding="utf-8")
    again = Coder(copied, "valence", "anna", n=3)
    assert "it was changed after it was locked" in shown(again, "message")
    assert again.results.value == ""


def test_a_sheet_that_has_grown_is_coded_on_and_what_is_locked_stays(copied):
    path = sample(copied, 2).sheet
    coder = Coder(copied, "valence", "anna", sheet=path)
    enter(coder, "1", "1", "lock")
    assert offered(coder) == ["again"]
    sample(copied, 5)
    coder = Coder(copied, "valence", "anna", sheet=path)
    assert "The sheet has 3 passages more than this coding. Code on, and they are added" in shown(
        coder
    )
    assert offered(coder) == ["on", "again"]
    coder.buttons["on"].click()
    assert offered(coder) == ["save", "back", "skip", "finish"]
    assert "2 of 5 coded" in shown(coder, "passage")
    assert coder.results.value == ""
    enter(coder, "<")
    assert "There is none before this one" in shown(coder, "message")
    enter(coder, "0", "0", "0", "lock")
    assert offered(coder) == ["again"]
    assert sorted(copied.coding("valence", "anna")["valence"]) == [0, 0, 0, 1, 1]
    assert "the reference 5" in shown(coder, "results")
    assert offered(Coder(copied, "valence", "anna")) == ["again"]


def test_the_buttons_do_what_is_typed(copied):
    coder = Coder(copied, "topics", n=3)
    coder.answer.value = "anna"
    coder.buttons["save"].click()
    assert offered(coder) == ["save", "back", "skip", "finish"]
    coder.answer.value = "1"
    coder.buttons["save"].click()
    coder.buttons["skip"].click()
    coder.buttons["back"].click()
    assert coder.answer.value == "1"
    coder.buttons["finish"].click()
    coder.buttons["lock"].click()
    assert coder.coding.locked


def test_a_study_of_ones_own_is_coded_with_nothing_to_compare(own, tmp_path):
    shutil.copytree(own.manifest.folder, tmp_path / "own")
    coder = Coder(usru.load(tmp_path / "own"), "topics", "anna")
    assert "These are the words of the study that comes with the package" in shown(coder)
    enter(coder, *"0000", "lock")
    assert "There is nothing to compare it with yet" in shown(coder, "results")


def test_a_hostile_text_is_shown_as_it_is(hostile, tmp_path):
    shutil.copytree(hostile.manifest.folder, tmp_path / "own")
    corpus = usru.load(tmp_path / "own")
    for what in units.KINDS:
        coder = Coder(corpus, what, "anna")
        seen = ""
        for key in coder.coding.order:
            coder._show(key)
            seen += "".join(getattr(coder, part).value for part in PARTS)
        bad = r"<script|<img|<b onmouse|<i>vienna|<style>|<a |\u202e|\x07"
        assert not re.search(bad, seen), what
        assert what == "speakers" or "&lt;script&gt;" in seen or "&lt;/script&gt;" in seen


def test_a_hostile_name_is_shown_as_it_is(copied):
    coder = Coder(copied, "speakers", n=1)
    enter(coder, "<img src=x>")
    assert "<img" not in coder.message.value
    enter(coder, "anna", "<img src=x onerror=alert(1)>", "lock")
    assert "<img" not in coder.results.value
    assert "&lt;img" in coder.results.value
