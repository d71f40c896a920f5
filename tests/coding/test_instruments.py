"""What the instruments say of passages, and the classes that a sample is divided by."""

import pytest
from studies import GERMAN, study

from usru.coding import instruments, units
from usru.errors import DoesNotApply, InputError


@pytest.mark.parametrize("what", units.KINDS)
def test_a_passage_has_what_its_paragraph_has(corpus, what):
    table = units.find(corpus, what)
    found = instruments.topics_found(corpus, table)
    assert found.columns.tolist() == [*corpus.codebook.topics]
    of = corpus.topics.groupby(["doc_id", "block"])["topic"].agg(set).to_dict()
    for row, on in zip(table.itertuples(), found.to_dict("records"), strict=True):
        assert {name for name, is_on in on.items() if is_on} == of.get(
            (row.doc_id, row.block), set()
        )


def test_polarity_is_that_of_the_paragraph_and_of_no_words_zero(corpus, corpus_of):
    table = instruments.polarity(corpus, corpus.paragraphs, "vader")
    assert table.to_numpy() == pytest.approx(corpus.valence["vader"].fillna(0).to_numpy())
    page = "Talks in Vienna\n\nTwo envoys met in Vienna on Monday to speak.\n\n1917 1918 1919 1920 1921 1922 1923.\n"
    other = corpus_of({"a": page})
    assert instruments.polarity(other, other.paragraphs, "textblob").notna().all()


def test_classes_divide_by_what_is_found_and_do_not_say_what(corpus):
    on = instruments.topics_found(corpus, corpus.paragraphs)
    by_topic = instruments.classes(corpus, corpus.paragraphs, "syria")
    assert by_topic.groupby(by_topic).size().sort_values().iloc[0] == on["syria"].sum()
    rare = on.columns[on.mean() < instruments.RARE]
    by_rarity = instruments.classes(corpus, corpus.paragraphs, "dictionary")
    assert by_rarity[on[rare].any(axis=1)].nunique() == 1
    assert by_rarity[~on.any(axis=1)].nunique() == 1
    assert by_rarity.nunique() == 3
    by_tone = instruments.classes(corpus, corpus.paragraphs, "vader")
    assert {*by_topic, *by_rarity, *by_tone} == {"1", "2", "3"}


def test_a_class_that_is_empty_is_none(own):
    assert {*instruments.classes(own, own.paragraphs, "syria")} == {"1"}
    assert {*instruments.classes(own, own.paragraphs, "dictionary")} == {"1"}


def test_another_language_has_its_own_dictionary_or_none(tmp_path):
    german = study(tmp_path / "a", [{}], GERMAN, None, 'language = "de"\n')
    with pytest.raises(DoesNotApply, match="another language"):
        instruments.topics_found(german, german.paragraphs)
    with pytest.raises(DoesNotApply, match="name one of your own"):
        instruments.polarity(german, german.paragraphs, "vader")
    topics = '[schulen]\ndefinition = "Schulen"\npatterns = ["schule*"]\n'
    own = study(tmp_path / "b", [{}], GERMAN, topics, 'language = "de"\n')
    assert instruments.topics_found(own, own.paragraphs)["schulen"].any()
    with pytest.raises(InputError, match="use dictionary, schulen"):
        instruments.classes(own, own.paragraphs, "vader")
