"""By which codes: what a coder types, and whose words the codebook is in."""

import pytest

import usru
from usru.coding import codes
from usru.errors import InputError


@pytest.mark.parametrize(
    ("what", "typed", "value"),
    [("topics", "1", "bilateral"), ("topics", "15 3", "syria press"), ("topics", "3, 3 SYRIA", "syria"),
     ("topics", "0", ""), ("topics", "north", "north_korea"), ("valence", "-2", "-2"),
     ("valence", "−1", "-1"), ("valence", "+1", "1"), ("valence", "0", "0"), ("voice", "2", "report"),
     ("voice", "q", "quotation"), ("speakers", "1", "Sergei Lavrov"), ("speakers", "0", ""),
     ("speakers", "tillerson", "Rex Tillerson"), ("speakers", "Ann  Lee", "Ann Lee"),
     ("speakers", "anonymous", "anonymous")],
)  # fmt: skip
def test_what_is_typed_is_a_value(corpus, what, typed, value):
    assert codes.parse(typed, corpus, what) == value


@pytest.mark.refusal
@pytest.mark.parametrize(
    ("what", "typed", "told"),
    [("topics", "16", "there is no such code"), ("topics", "0 1", "0: there is no such code"),
     ("topics", "s", "it could be syria or sanctions"), ("topics", " ", "or 0 when it is on none"),
     ("valence", "3", "type one of -2, -1, 0, 1, 2"), ("valence", "1 2", "these are 2 codes"),
     ("voice", "0", "there is no such code"), ("voice", "", "nothing was typed; type a code."),
     ("speakers", "99", "there is no such code"), ("speakers", "sergei", "Sergei Lavrov or Sergei Ryabkov")],
)  # fmt: skip
def test_what_is_no_code_is_refused_in_one_sentence(corpus, what, typed, told):
    with pytest.raises(InputError) as caught:
        codes.parse(typed, corpus, what)
    assert told in str(caught.value)


def test_a_study_asks_by_its_own_codebook(copied):
    before = codes.version(copied, "topics")
    folder = copied.manifest.folder / "codebook"
    (folder / "topics.toml").write_text(
        '[boats]\ndefinition = "boats"\nexample = "A boat came."\npatterns = ["boat*"]\n', encoding="utf-8"
    )  # fmt: skip
    (folder / "variables.toml").write_text(
        '[valence]\nquestion = "How is the sea?"\nadvice = "Look."\ncodes.-1.label = "rough"\n', encoding="utf-8"
    )  # fmt: skip
    own = usru.load(copied.manifest.folder)
    assert codes.find(own, "topics")["boats"].example == "A boat came."
    assert codes.version(own, "topics") != before
    assert codes.variable(own, "valence").question == "How is the sea?"
    assert codes.variable(own, "voice") == codes.variable(copied, "voice")
    assert not codes.is_foreign(own, "topics")


@pytest.mark.refusal
@pytest.mark.parametrize(
    ("what", "file", "content", "told"),
    [("valence", "variables", 'codes.rough.label = "rough"', "name each as a number"),
     ("voice", "variables", "", "there is no code; add one at least"),
     ("topics", "topics", "", "the code 'big boats' has a space")],
)  # fmt: skip
def test_codes_by_which_nobody_can_code_are_refused(copied, what, file, content, told):
    head = {"variables": f'[{what}]\nquestion = "How?"\nadvice = "Look."\n',
            "topics": '["big boats"]\ndefinition = "boats"\npatterns = ["boat*"]\n'}[file]  # fmt: skip
    path = copied.manifest.folder / "codebook" / f"{file}.toml"
    path.write_text(head + content, encoding="utf-8")
    with pytest.raises(InputError, match=rf"{file}\.toml, {what}: .*{told}"):
        codes.find(usru.load(copied.manifest.folder), what)


def test_a_corpus_that_has_no_codebook_is_told_whose_it_uses(own):
    assert codes.is_foreign(own, "topics")
    assert codes.is_foreign(own, "valence")
    assert not codes.is_foreign(own, "voice")


def test_only_what_a_coder_sees_makes_a_version(copied):
    before = codes.version(copied, "topics")
    path = copied.manifest.folder / "codebook" / "topics.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"us-russia", ', "", 1), encoding="utf-8")
    assert codes.version(usru.load(copied.manifest.folder), "topics") == before
    path.write_text(text.replace('label = "press access"', 'label = "press"'), encoding="utf-8")
    assert codes.version(usru.load(copied.manifest.folder), "topics") != before
