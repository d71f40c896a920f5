"""What is known at a place of a text: who was spoken of last, and how long it holds."""

from usru.text.quotations._discourse import ANONYMOUS, RECENT, Discourse, Entity

ANN, BOB, OSLO = Entity("Ann", "person"), Entity("Bob", "person"), Entity("Oslo", "institution")


def test_who_was_mentioned_later_is_more_recent_and_each_kind_has_its_own_order():
    discourse = Discourse()
    for entity in (ANN, OSLO, BOB, ANN):
        discourse.mention(entity)
    assert discourse.latest("person") == [ANN, BOB]
    assert discourse.latest("institution") == [OSLO]
    assert discourse.recency(ANN) > discourse.recency(BOB) > discourse.recency(OSLO) > -1
    assert discourse.recency(Entity("Eve", "person")) == -1


def test_the_subject_comes_before_those_whom_its_sentence_names():
    discourse = Discourse()
    discourse.follow(ANN, [BOB])
    assert discourse.subjects == [ANN, BOB]
    assert discourse.latest("person") == [ANN, BOB]
    assert discourse.company == [BOB]
    discourse.follow(None, [OSLO])
    assert discourse.company == [OSLO]
    assert discourse.subjects == [ANN, BOB, OSLO]


def test_a_source_without_a_name_is_forgotten_after_some_paragraphs():
    discourse, source = Discourse(), Entity(ANONYMOUS, ANONYMOUS)
    discourse.note_unnamed("official", source)
    for _ in range(RECENT):
        discourse.begin_paragraph()
    assert discourse.unnamed("official") is source
    assert discourse.unnamed("aide") is None
    discourse.begin_paragraph()
    assert discourse.unnamed("official") is None


def test_a_paragraph_forgets_the_cue_of_the_one_before():
    discourse = Discourse(cue="said")
    discourse.begin_paragraph()
    assert discourse.cue == ""
