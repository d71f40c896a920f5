"""The file of decisions: whole after each, taken up again, and final once it is locked."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest
from coders import all_coded

import usru
from usru.coding import units
from usru.coding.comparison import values
from usru.coding.decisions import Coding, check, parts
from usru.coding.units import KINDS
from usru.errors import InputError

DAY = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


@pytest.mark.refusal
@pytest.mark.parametrize(
    "name",
    ["", " ", "sheets", "../anna", "a/b", "a\\b", "..", ".anna", "anna.", "C:", "reference", "Reading-1", "READING-2",
     "con", "NUL", "com1", "lpt9", "round-2", "a" * 41, "-anna", "_anna", "an\x00na", "<b>", "anna*"],
)  # fmt: skip
def test_a_name_that_is_no_folder_or_is_taken_is_refused(corpus, name):
    with pytest.raises(InputError, match=r"^the name .*; [^;]+\.$"):
        Coding(corpus, "topics", name)


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("Anna", "anna"),
        (" Anna  K ", "anna-k"),
        ("Žofie", "žofie"),
        ("Z\u030cofie", "žofie"),
        ("7", "7"),
        ("अनिता", "अनिता"),
        ("İpek", "i\u0307pek"),
    ],
)
def test_a_name_of_any_language_is_a_folder(copied, name, folder):
    assert Coding(copied, "topics", name).path.parent.name == folder


def test_every_decision_is_in_the_file_at_once_and_is_read_as_any_coding(copied):
    times = iter(DAY + timedelta(minutes=n) for n in range(9))
    coding = Coding(copied, "topics", "anna", now=lambda: next(times))
    first, second = coding.order[:2]
    coding.decide(first, "syria press")
    table = copied.coding("topics", "anna")
    assert table.to_dict("records") == [
        {"doc_id": first[0], "line": int(first[1]), "topics": "syria press", "coder": "anna",
         "coded": "2026-03-01T09:30:00Z", "codebook": coding.version}
    ]  # fmt: skip
    coding.decide(second, "")
    coding.decide(first, "press")
    coding.decide(first, "press")
    table = copied.coding("topics", "anna")
    assert sorted(table["coded"]) == ["2026-03-01T09:31:00Z", "2026-03-01T09:32:00Z"]
    assert [path.name for path in coding.path.parent.iterdir()] == ["topics.csv"]


@pytest.mark.parametrize("what", KINDS)
def test_the_file_has_the_columns_and_order_of_the_reference(copied, what):
    value = {"topics": "press", "valence": "1", "voice": "report", "speakers": "Ann Lee"}[what]
    coding = all_coded(copied, what, value)
    file = KINDS[what].file
    found, reference = copied.coding(file, "anna"), copied.coding(file)
    assert found.columns.tolist() == [*reference.columns, "coder", "coded", "codebook"]
    by = units.key_columns(what)
    assert found[by].to_numpy().tolist() == units.find(copied, what)[by].to_numpy().tolist()
    assert {*values(found, what).index} == {*values(reference, what).index}
    assert len(found) == len(coding.order)


def test_an_earlier_coding_goes_on_where_it_was(copied):
    coding = Coding(copied, "valence", "anna")
    for key in coding.order[:3]:
        coding.decide(key, "1")
    again = Coding(copied, "valence", "Anna")
    assert again.order == coding.order
    assert again.done == coding.order[:3]
    assert again.open == coding.order[3:]
    assert again.older == 0


def test_each_coder_and_round_has_an_order_of_its_own(copied):
    all_coded(copied, "topics", "press").lock()
    orders = [Coding(copied, "topics", *who).order for who in [("anna",), ("ben",), ("anna", 2)]]
    assert len({tuple(order) for order in orders}) == 3
    assert len({frozenset(order) for order in orders}) == 1
    assert orders[0] != sorted(orders[0])


def test_what_comes_later_does_not_disturb_the_order(corpus):
    table = units.chosen(corpus, "topics")
    few = Coding(corpus, "topics", "anna", of=table.head(20)).order
    assert [key for key in Coding(corpus, "topics", "anna").order if key in few] == few


def test_another_window_of_the_same_coder_loses_nothing(copied):
    one, other = Coding(copied, "topics", "anna"), Coding(copied, "topics", "anna")
    one.decide(one.order[0], "press")
    other.decide(one.order[1], "syria")
    assert copied.coding("topics", "anna")["topics"].value_counts().to_dict() == {
        "press": 1,
        "syria": 1,
    }


def test_what_another_window_decided_otherwise_is_decided_anew(copied):
    one, other = Coding(copied, "topics", "anna"), Coding(copied, "topics", "anna")
    one.decide(one.order[0], "press")
    other.decide(one.order[0], "syria")
    one.decide(one.order[0], "press")
    assert copied.coding("topics", "anna")["topics"].tolist() == ["press"]


def test_decisions_on_other_passages_stay(copied):
    table = units.chosen(copied, "topics")
    all_coded(copied, "topics", "press", of=table.head(3))
    all_coded(copied, "topics", "syria", of=table.tail(2))
    assert copied.coding("topics", "anna")["topics"].tolist() == ["press"] * 3 + ["syria"] * 2


def test_a_write_that_fails_keeps_what_was_there(copied, monkeypatch):
    coding = Coding(copied, "topics", "anna")
    coding.decide(coding.order[0], "press")
    before = coding.path.read_bytes()

    def full(*given, **options):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("usru.files.os.fdopen", full)
        with pytest.raises(InputError, match="cannot be written"):
            coding.decide(coding.order[1], "press")
    assert coding.path.read_bytes() == before
    assert coding.done == coding.order[:1]


def test_a_codebook_that_changes_in_the_middle_is_noticed(copied):
    coding = Coding(copied, "topics", "anna")
    for key in coding.order[:2]:
        coding.decide(key, "press")
    path = copied.manifest.folder / "codebook" / "topics.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('label = "press access"', 'label = "press"'), encoding="utf-8")
    again = Coding(usru.load(copied.manifest.folder), "topics", "anna")
    assert again.older == 2
    again.decide(again.order[0], "press")
    assert again.older == 1


HEAD = "doc_id,line,topics,coder,coded,codebook\n"


@pytest.mark.refusal
@pytest.mark.parametrize(
    "content", ["doc_id,line,topics\na,1,press\n", "", "\x00", "a\n1,2,3\n", f"{HEAD}a,1\n",
                f"{HEAD}a,1,press,anna,2026,0,\n", f'{HEAD}a,1,"press\n'],
)  # fmt: skip
def test_a_file_that_is_no_coding_is_refused_and_stays(copied, content):
    path = copied.manifest.folder / "coding" / "anna" / "topics.csv"
    path.parent.mkdir()
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"topics\.csv"):
        Coding(copied, "topics", "anna")
    assert path.read_text(encoding="utf-8") == content


def test_nothing_changes_once_it_is_locked(copied):
    coding = Coding(copied, "topics", "anna")
    with pytest.raises(InputError, match="nothing is coded yet"):
        coding.lock()
    coding.decide(coding.order[0], "press")
    coding.lock()
    assert coding.locked
    with pytest.raises(InputError, match="it is locked"):
        Coding(copied, "topics", "anna").decide(coding.order[1], "press")


def test_to_lock_again_does_not_hide_a_change(copied):
    coding = Coding(copied, "topics", "anna")
    coding.decide(coding.order[0], "press")
    coding.lock()
    coding.path.write_text(coding.path.read_text("utf-8").replace("press", "syria"), "utf-8")
    coding.lock()
    with pytest.raises(InputError, match="it was changed after it was locked"):
        check(coding.path)


def test_a_coding_that_was_made_the_reference_is_coded_against(copied):
    reference = copied.manifest.folder / "coding" / "reference" / "topics.csv"
    shutil.copyfile(all_coded(copied, "topics", "press").path, reference)
    coding = all_coded(copied, "topics", "press", "ben")
    columns = coding.path.read_text(encoding="utf-8").splitlines()[0]
    assert f"{columns}\n" == HEAD


def test_a_lock_is_what_sha256sum_checks(copied):
    coding = all_coded(copied, "valence", "1")
    coding.lock()
    digest, name = (coding.path.parent / "valence.csv.sha256").read_text(encoding="utf-8").split()
    assert (len(digest), name) == (64, "valence.csv")


# A locked coding that goes on -----------------------------------------------------------------


@pytest.fixture
def locked(copied):
    """Three passages, coded and locked."""
    coding = all_coded(copied, "topics", "press", of=units.chosen(copied, "topics", n=3))
    coding.lock()
    return coding


def larger(coding, n=6):
    return Coding(
        coding.corpus, coding.what, coding.coder, of=units.chosen(coding.corpus, coding.what, n=n)
    )


def test_a_locked_coding_goes_on_with_what_is_new_and_is_locked_again(locked):
    before = locked.path.read_bytes()
    coding = larger(locked)
    assert (len(coding.open), coding.locked) == (3, True)
    with pytest.raises(InputError, match="it is locked"):
        coding.decide(coding.open[0], "syria")
    coding.resume()
    assert not coding.locked
    (part,) = parts(coding.path)
    assert part.read_bytes() == before
    check(part)
    assert coding.changeable == []
    for key in coding.done:
        with pytest.raises(InputError, match="it is locked"):
            coding.decide(key, "syria")
    new = [*coding.open]
    for key in new:
        coding.decide(key, "syria")
    coding.decide(new[0], "ukraine")
    assert {*larger(locked).changeable} == {*coding.changeable} == {*new}
    coding.lock()
    check(coding.path)
    assert sorted(coding.corpus.coding("topics", "anna")["topics"]) == [
        *["press"] * 3,
        "syria",
        "syria",
        "ukraine",
    ]


def test_a_coding_goes_on_several_times(locked):
    for n in (5, 7, 9):
        coding = larger(locked, n)
        coding.resume()
        for key in coding.open:
            coding.decide(key, "syria")
        coding.lock()
    assert [path.name for path in parts(coding.path)] == [f"topics.part-{n}.csv" for n in (1, 2, 3)]
    assert [
        len(path.read_text(encoding="utf-8").splitlines()) - 1 for path in parts(coding.path)
    ] == [3, 5, 7]
    check(coding.path)


@pytest.mark.parametrize("when", ["before it goes on", "while it is open", "after it is locked"])
def test_what_was_locked_cannot_be_changed_unnoticed(locked, when):
    coding = larger(locked)

    def change():
        text = coding.path.read_text(encoding="utf-8")
        coding.path.write_text(text.replace(",press,", ",cyber,", 1), encoding="utf-8")

    if when == "before it goes on":
        change()
        with pytest.raises(InputError, match="it was changed after it was locked"):
            coding.resume()
        assert parts(coding.path) == []
        return
    coding.resume()
    if when == "while it is open":
        change()
        with pytest.raises(InputError, match="a decision was changed after it was locked; restore"):
            coding.lock()
        return
    coding.decide(coding.open[0], "syria")
    coding.lock()
    change()
    with pytest.raises(InputError, match="it was changed after it was locked"):
        check(coding.path)
    coding.path.with_name("topics.csv.sha256").unlink()
    with pytest.raises(InputError, match="a decision was changed after it was locked"):
        larger(locked, 9).lock()


def test_a_part_that_was_changed_is_noticed(locked):
    coding = larger(locked)
    coding.resume()
    coding.lock()
    (part,) = parts(coding.path)
    part.write_text(
        part.read_text(encoding="utf-8").replace(",press,", ",cyber,", 1), encoding="utf-8"
    )
    with pytest.raises(InputError, match=r"topics\.part-1\.csv: it was changed"):
        check(coding.path)


def test_what_has_no_further_passage_or_no_lock_does_not_go_on(locked):
    with pytest.raises(InputError, match="there is no further passage"):
        locked.resume()
    other = all_coded(locked.corpus, "valence", "1", of=units.chosen(locked.corpus, "valence", n=2))
    with pytest.raises(InputError, match="it is not locked"):
        other.resume()
    assert locked.locked


def test_the_next_round_waits_for_a_coding_that_goes_on(locked):
    larger(locked).resume()
    with pytest.raises(InputError, match="round 1 is not locked yet"):
        Coding(locked.corpus, "topics", "anna", 2)
