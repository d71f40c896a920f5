"""Each claim about voices holds, and fails once the data no longer bear it."""

import pytest
from changes import dropped, recoded, replaced

import usru
from usru.study import findings

COPIED = "According to Tillerson, Lavrov additionally showed “some willingness” to talk about ending the three-year situation in Ukraine."  # as Breitbart has it
LENGTHY = "Lavrov described his talks with Tillerson as lengthy"


def of(doc_id, **values):
    """Whether a row is of a document, and has other values."""
    return lambda row: (
        row["doc_id"] == doc_id and all(row[key] == value for key, value in values.items())
    )


CHANGES = {
    "voices-1": recoded("quotations", of("moscow-econotimes"), speaker="Donald Trump"),
    "voices-2": recoded("quotations", of("manila-breitbart"), speaker="Sergei Lavrov"),
    "voices-3": replaced("raw/manila-zerohedge.txt", ("Lavrov described his talks with", f"{COPIED} Lavrov described his talks with")),
    "voices-4": lambda folder: (folder / "coding" / "reading-2" / "quotations.csv").write_text((folder / "coding" / "reading-2" / "quotations.csv").read_text(encoding="utf-8").replace(",Rex Tillerson,", ",anonymous,"), encoding="utf-8"),
    "voices-5": recoded("quotations", lambda row: True, speaker="anonymous"),
    "voices-6": recoded("voice", of("moscow-econotimes", voice="report", speaker="Sergei Lavrov"), voice="outlet", speaker=""),
    "voices-7": replaced("raw/bonn-sputnik-awkward.txt", ("top diplomat asked", "minister asked")),
    "voices-8": replaced("raw/manila-zerohedge.txt", (LENGTHY, "Tillerson described his talks with Lavrov as lengthy")),
    "voices-9": replaced("raw/bonn-sputnik-awkward.txt", ("reply to", "said of ")),
    "voices-10": recoded("topics", of("moscow-econotimes"), topics="bilateral"),
    "voices-11": recoded("voice", lambda row: row["speaker"] != "", relay="Interfax"),
    "voices-12": recoded("voice", lambda row: row["voice"] == "report", voice="outlet", speaker=""),
    "voices-13": lambda folder: [change(folder) for change in (
        dropped("acts", of("bonn-sputnik-thaw", act="eviction", text="you shush them out")),
        recoded("acts", of("bonn-sputnik-thaw", act="eviction"), line="28", text="Tillerson said"),
    )],
    "voices-14": replaced("raw/bonn-sputnik-awkward.txt", ("pleasantries.", "pleasantries and made them cringe."),),
    "voices-15": recoded("voice", of("manila-breitbart", line="23", voice="outlet"), voice="report", speaker="Rex Tillerson"),
    "voices-16": recoded("acts", of("manila-breitbart", act="crimea"), agent="none"),
    "voices-17": recoded("acts", of("manila-zerohedge", act="property", agent="russia"), patient="russia"),
    "voices-18": recoded("acts", of("bonn-sputnik-thaw", act="sanctions"), agent="us"),
}  # fmt: skip


@pytest.mark.parametrize("id", CHANGES)
def test_a_claim_fails_when_its_sentence_would_be_false(corpus, copy, id):
    assert findings.show(id, corpus).holds is True
    CHANGES[id](copy)
    if id == "voices-14":  # the clause that was changed is coded anew
        replaced(
            "coding/reference/voice.csv", ("pleasantries.", "pleasantries and made them cringe.")
        )(copy)
    assert findings.show(id, usru.load(copy)).holds is False


def test_every_claim_about_voices_is_tried(corpus):
    assert {id for id in findings.FINDINGS if id.startswith("voices-")} == set(CHANGES)


def test_texts_that_nobody_coded_get_no_claim_about_a_reading(own):
    for id in set(CHANGES) - {"voices-3", "voices-7"}:  # which rest on no reading
        assert findings.show(id, own).holds is None, id
