"""The topic dictionary: every pattern fires, every topic has its near miss, floors hold."""

import re
import sys
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from usru import codebook
from usru.analysis import agreement, reuse, topics
from usru.analysis.uncertainty import clustered_means, weighted_mean
from usru.codebook import Topic
from usru.errors import InputError
from usru.evaluation import outside
from usru.figures import FIGURES

TABLE = codebook.read().topics
BOTH = "Moscow, the United States and Syria."
PATTERNS = [(topic, text) for topic, entry in TABLE.items() for text in entry.patterns]
HARBOUR = Topic("The harbour of Lund", ("quay*",))


def coded(*texts):
    table = pd.DataFrame({"doc_id": "a", "block": range(len(texts)), "text": list(texts)})
    found = topics.code(table)
    return [found.loc[found["block"] == i, "topic"].tolist() for i in range(len(texts))]


def on(topic, texts, dictionary=TABLE):
    """Which texts are on a topic, each in a story of its own that names all contexts."""
    pages = pd.DataFrame({"doc_id": texts, "block": 0, "text": texts}).drop_duplicates()
    named = pages.assign(block=1, text=BOTH)
    found = topics.code(pd.concat([pages, named], ignore_index=True), dictionary)
    return set(found.loc[(found["topic"] == topic) & (found["block"] == 0), "doc_id"])


@pytest.mark.parametrize("topic", TABLE)
def test_every_pattern_fires(topic):
    patterns = (*TABLE[topic].patterns, *TABLE[topic].aside)
    alone = {topic: TABLE[topic]}  # in the whole dictionary, a pattern aside may name another topic
    plain = [f"Then came {p.replace('*', '')} and so on." for p in patterns]
    broken = [
        text.replace(" ", "\n", 3) if pattern.isupper() else text.replace(" ", "\n", 3).upper()
        for text, pattern in zip(plain, patterns, strict=True)
    ]
    assert sorted(set(plain) - on(topic, plain, alone)) == []
    assert sorted(set(broken) - on(topic, broken, alone)) == []


@pytest.mark.parametrize("topic", [topic for topic, entry in TABLE.items() if entry.words])
def test_every_word_of_a_list_tells_with_one_of_each_other_list(topic):
    """Each list of words is tried word by word, with the first word of the lists beside it."""
    entry = replace(TABLE[topic], patterns=("xyzzy",), aside=(), exclude=(), not_after=())
    texts = [
        f"There {' and '.join([word, *(entry.words[other][0] for other in names if other != name)])}."
        for names in (*entry.together, *entry.aside_together)
        for name in names
        for word in entry.words[name]
    ]
    texts = [text.replace("*", "") for text in texts]
    assert sorted(set(texts) - on(topic, texts, {topic: entry})) == []


@pytest.mark.parametrize("topic", [topic for topic, entry in TABLE.items() if entry.exclude])
def test_no_pattern_counts_inside_an_excluded_phrase(topic):
    texts = [f"Then came {phrase.replace('*', 's')} here." for phrase in TABLE[topic].exclude]
    assert on(topic, texts) == set()


NEAR_MISSES = [
    ("bilateral", "The normal coop of chickens was economical."),
    ("ukraine", "He read minsky, stayed in Minsk and bought crime novels."),
    ("syria", "An assay of Assyrian art in Georgia."),
    ("terrorism", "The territory was terribly large; isisters met."),
    ("sanctions", "The sanctuary was a sanctum."),
    ("retaliation", "A retail chain met in response to demand; expense rose."),
    ("election", "The selection of elected members in 2017; metal medals."),
    ("north_korea", "South Korea and its Koreatown in the north."),
    ("afghanistan", "An afgan is no blanket."),
    ("arms_control", "With open arms he took control of the farms."),
    ("economy", "An economical and important person, a trader's tradition."),
    ("cyber", "A hacienda with a virtual tour."),
    ("leaders", "The president of the club called a member."),
    ("us_politics", "The congregation signed; a design for sense."),
    ("press", "They pressed on with hands in pockets and a protocol for milk."),
]

PASSING = [
    ("bilateral", "The Organization for Security and Cooperation in Europe cooperates with Iran."),
    ("ukraine", "Volker Kauder ate a chicken Kiev; Basque separatists and rebels voted."),
    ("syria", "The rebel without a cause flew from Ramstein air base; Houthi rebels met."),
    ("terrorism", "The movement was labelled extremist by the court, as in the Great Terror."),
    ("sanctions", "UN sanctions, sanctions on Iran, an arms embargo; a swift reply."),
    ("retaliation", "A retaliatory strike on the compound in Abbottabad, Russian diplomats said."),
    ("election", "They interfere in our internal affairs, meddling in Syria and elsewhere."),
    ("north_korea", "A South Korean film, a demilitarized zone in Idlib, Kim Philby."),
    ("afghanistan", "The Doha talks on oil and an Afghan rug."),
    ("arms_control", "A new start in life: the start of inflation, a chemical warhead."),
    ("economy", "The World Trade Center; trading barbs with more in the pipeline."),
    ("cyber", "It raised hackles in a hackneyed way; the nsa of a word."),
    ("leaders", "Tillerson met with Putin; a phone call between Lavrov and Kerry."),
    ("us_politics", "Democratic forces, a Russian senator, the Syrian congress: resigned to it."),
    ("press", "He told a press conference, and told reporters in a press release."),
]


@pytest.mark.parametrize(("topic", "text"), NEAR_MISSES + PASSING)
def test_a_near_miss_does_not_fire(topic, text):
    assert topic not in coded(text, BOTH)[0]


# Kinds of news that a list of phrases misses, or takes for what it is not. Each sentence stands in a
# story that names both countries and Syria, and is on these topics and on no other.
KINDS = [
    # the alliance's troops, headquarters and exercises, in words that no list of phrases foresees
    ("arms_control", "The alliance agreed to rotate a brigade through Estonia and Latvia."),
    ("arms_control", "Norway will let 330 American marines train on its soil for a year."),
    ("arms_control", "The drill, with 9,000 soldiers from nine countries, is the largest in years."),
    ("arms_control", "The command in Norfolk is to guard the Atlantic for the alliance."),
    ("", "The alliance of bakers exercised its right of reply."),
    # what a treaty lets each side see and count
    ("arms_control", "Inspectors counted the launchers at the base for the second time this year."),
    ("arms_control", "The accord lets each side send planes that photograph the other’s airfields."),
    ("arms_control", "No side can alone be bound by the treaty, he said."),
    ("", "The extradition treaty is old."),
    ("", "Inspectors counted the votes, and planes photographed the floods."),
    # what others build up, and tests as a signal
    ("arms_control", "China has put radars and surface-to-air batteries on the reefs."),
    ("arms_control", "The launch was a message to adversaries, the general said."),
    ("", "Beijing has built a bridge and two theatres."),
    # help for a candidate, doubts about it, and its makers
    ("election", "Nobody has proved that the Kremlin helped Trump to win, the senator said."),
    ("election", "Moscow preferred one candidate to the other, the report of the agencies found."),
    ("election cyber", "Hackers took the letters of the Democratic committee in spring."),
    ("election", "Russian accounts paid for advertisements on Facebook ahead of the election."),
    ("", "The candidate won a prize for her roses."),
    # domestic words beside the matter, and an idiom
    ("sanctions", "Sanctions on Russia have a majority in the Senate, said a Republican."),
    ("us_politics", "The Senate votes on the budget tomorrow."),
    ("us_politics", "Republicans expect to lose seats in November."),
    ("", "The senator’s dog barked at the guest."),
    ("", "No minister may leave the party line."),
    # incidents and refusals between the two, and meetings of the two ministers
    ("bilateral", "A Russian fighter came within two metres of an American plane."),
    ("bilateral", "An American ship was shadowed by two Russian frigates."),
    ("bilateral", "The Kremlin turned down an American offer to talk."),
    ("bilateral", "Lavrov and his American colleague sat together until midnight."),
    ("bilateral", "Pompeo flew to Sochi for talks with Lavrov."),
    ("", "American and Russian jets drew crowds at the air show."),
    # the two named by the way
    ("", "Moscow and Washington are both members of the council."),
    ("", "The United States and Russia were among those that signed the climate accord."),
    ("", "The parties found common ground on pensions, and opened lines of communication."),
    # answers to hostile acts without the word
    ("retaliation", "Moscow will answer with measures of its own, the ministry said."),
    ("retaliation", "The ministry gave 31 American diplomats three days to leave the country."),
    ("retaliation", "Russia reserves the right to respond at a time that it chooses."),
    ("retaliation", "The embassy must cut its staff by half, Moscow said."),
    # retaliation feared, denied or ruled out
    ("", "Officials fear Russian retaliation."),
    ("", "The minister ruled out any retaliation."),
    ("", "He denied that the firing was retaliation."),
    ("", "There was no talk of reprisals, he said."),
    ("", "The bakery will respond with measures of its own."),
    ("retaliation", "He fears nothing. Retaliation is near."),
    # two presidents, whatever brings them together
    ("leaders", "President Obama pulled Mr. Putin aside for a talk after the summit."),
    ("leaders", "Putin congratulated Trump in a telegram."),
    ("leaders", "Mr. Trump has not yet made up his mind, the official said."),
    ("", "Obama met with Merkel, and Putin flew to Beijing."),
    # a place in passing
    ("", "The fund buys bonds of countries like Iran, Ukraine, Syria and North Korea."),
    ("", "She studied in Kiev and Paris."),
    ("", "He was once ambassador to Afghanistan."),
    ("", "The bank has lent nothing since Russia’s annexation of Crimea."),
    ("ukraine", "The ambassador to the United Nations spoke of the shells on Mariupol."),
    # the terms on which reporters are let in
    ("press", "The briefing was on background only."),
    ("press", "The text of the speech is embargoed until six."),
    ("", "A check on the background of the envoy found nothing."),
    # the truce without the name of the war
    ("syria", "The breaches of the cessation are fewer since Monday, the envoy said."),
    ("syria", "The truce must hold for seven days, Kerry said."),
    ("ukraine", "The ceasefire in Donetsk was broken again."),
    # inspectors who are kept out, and visits that a treaty allows: no refusal between the two alone
    ("arms_control", "Moscow barred a team of American inspectors from a bomber base near Saratov."),
    ("arms_control", "Neither side has visited the other’s missile bases since the pandemic began."),
    ("arms_control", "Iran has not let the agency’s inspectors into the military site at Parchin."),
    ("arms_control", "Russia turned away American inspectors from two missile garrisons."),
    ("", "Inspectors were refused entry to the kitchen of the hotel."),
    ("", "Tourists may visit the old base on Sundays."),
    # what Congress decides, and who breaks with whom in it
    ("us_politics", "The Senate confirmed the admiral as envoy to Rome."),
    ("us_politics", "Forty Republicans broke ranks with their leaders at noon."),
    ("us_politics", "A divided Senate confirmed the new attorney general on Thursday, 52 to 47."),
    ("us_politics", "Talk of impeachment is heard in every office of House Democrats."),
    ("sanctions", "Republicans broke with their leaders over the sanctions on Russia."),
    ("", "The rebel broke with his party, and the measure of the cloth was taken."),
    # harm to the envoys of one in the other, a protest, a guest
    ("bilateral", "A guard at the American embassy in Moscow tackled a diplomat to the floor."),
    ("bilateral", "The State Department protested after Russian policemen followed its envoys home."),
    ("bilateral", "Lavrov greeted Mr Pompeo at the door of the ministry."),
    ("bilateral", "The Russian foreign minister hosted the secretary of state for lunch."),
    ("bilateral", "Two U.S. diplomats were drugged in a hotel in St. Petersburg."),
    ("bilateral", "Russia detained an American teacher at the airport, the embassy said."),
    ("bilateral", "Antony Blinken sat opposite Sergei Lavrov for two hours in Geneva."),
    ("bilateral", "The State Department says that Russian agents have slashed the tyres of its diplomats."),
    ("bilateral", "Mr. Pompeo went for a walk with the Russian foreign minister in Sochi."),
    ("", "The American ambassador read a poem at the embassy in Moscow."),
    ("", "A pianist from Russia and a singer from America were received at the guest house."),
    # who hits back, and for what; envoys who leave a country, and those who leave a room
    ("retaliation", "Moscow promised to hit back at America for the closing of the consulate."),
    ("retaliation cyber", "Washington will strike back for the cyberattack at a moment of its choosing."),
    ("retaliation", "The diplomats left Washington on a special plane with their families."),
    ("retaliation", "The ministry ordered the consulate’s staff out of the country."),
    ("retaliation", "Washington told 60 Russian envoys to be gone within a week."),
    ("retaliation", "A hundred staff of the American embassy packed their bags."),
    ("retaliation", "Moscow threw out two attachés on Monday."),
    ("", "The boxer will hit back in the second round."),
    ("", "The diplomats left the room before the speech and did not return."),
    # the presidents by all their names, and what two do side by side
    ("leaders", "President Barack Obama and President Dmitri A. Medvedev walked through the garden."),
    ("leaders", "Donald J. Trump and Vladimir V. Putin were alone with their interpreters."),
    ("leaders", "Mr. Putin and Mr. Trump dined together in Hamburg."),
    ("", "President Trump and President Macron walked through the garden."),
    ("", "The Trump adviser sat in the hall where Putin’s portrait hangs."),
    # a place on a route or in a list
    ("", "The orchestra is known in London, Kiev and Tokyo."),
    ("", "The firm has branches in Moscow, Damascus, and Kabul."),
    ("", "A night train goes from Warsaw to Kiev."),
    ("", "The line runs from Moscow via Kiev to Odessa."),
    ("", "A sleeper leaves Moscow for Kiev at nine."),
    ("", "The exhibition goes to Vienna, Kiev and Seoul."),
    ("", "The cellist has fans in Vienna, Seoul and Pyongyang."),
    ("ukraine", "Kiev and the rebels exchanged prisoners."),
    ("ukraine", "In Kiev, parliament sat until dawn."),
    ("ukraine", "In Minsk, Kiev and Moscow agreed on a date."),
    ("ukraine", "Moscow, Kiev and Berlin agreed on a date."),
    ("ukraine", "Crowds filled the squares in Kiev, Kharkiv and Lviv."),
    ("syria", "The army took the road from Damascus to Aleppo after three days."),
]  # fmt: skip


@pytest.mark.parametrize(("read", "text"), KINDS)
def test_a_kind_of_news_is_on_its_topics_and_no_other(read, text):
    assert set(coded(text, BOTH)[0]) == set(read.split())


def test_every_topic_of_the_codebook_has_a_near_miss():
    for misses in (NEAR_MISSES, PASSING):
        assert [topic for topic, _ in misses] == list(TABLE)


def test_a_thaw_elsewhere_is_none_between_the_two():
    assert coded("A thaw between Austria and Serbia.") == [[]]
    assert coded("A thaw at last.", BOTH)[0] == ["bilateral"]
    assert coded("They told us that Moscow hopes for a thaw.") == [[]], "us is not US"


def test_the_longest_pattern_counts_once():
    dictionary = {"quays": Topic("Quays", ("quay*", "quay of lund", "port of lund"))}
    text = "The quay of Lund, and the quays of the port of Lund."
    row = topics.code(pd.DataFrame({"doc_id": ["a"], "block": 0, "text": text}), dictionary).iloc[0]
    assert [text[start:end] for start, end in row["spans"]] == [
        "quay of Lund",
        "quays",
        "port of Lund",
    ]
    assert row["hits"] == 3


def told(topic, *texts):
    """Which paragraphs of one story are on a topic of an own dictionary, and by which words."""
    table = pd.DataFrame({"doc_id": "a", "block": range(len(texts)), "text": list(texts)})
    found = topics.code(table, topic if isinstance(topic, dict) else {"own": topic})
    found = found[found["topic"] == "own"].set_index("block")["spans"]
    return {row: [texts[row][start:end] for start, end in spans] for row, spans in found.items()}


MEETS = replace(
    HARBOUR,
    words={"ship": ("ferry", "ships"), "deed": ("sank", "ran aground")},
    together=(("ship", "deed"),),
)


def test_words_of_several_lists_tell_in_one_sentence_and_in_any_order():
    text = "The ferry from Ystad sank. Ships come and go."
    assert told(MEETS, text) == {0: ["ferry from Ystad sank"]}
    assert told(MEETS, "What sank was the ferry.") == {0: ["sank was the ferry"]}
    assert told(MEETS, "The ferry came. A stone sank.") == {}
    assert told(MEETS, "The ferry at the quay sank.") == {0: ["quay"]}, "a pattern tells it already"


def test_words_inside_an_excluded_phrase_do_not_tell_together_either():
    entry = replace(MEETS, exclude=("toy ships",))
    assert told(entry, "Toy ships sank.") == {}
    assert told(entry, "Toy ships and the ferry sank.") == {0: ["ferry sank"]}


def test_what_is_said_aside_tells_only_where_nothing_else_does():
    entry = replace(
        HARBOUR, aside=("tide*",), aside_together=(("ship", "deed"),), words=MEETS.words
    )
    both = {"own": entry, "fire": Topic("Fires", ("fire*",))}
    assert told(both, "The tides turn.", "Tides and fires.", "Quays, tides and fires.") == {
        0: ["tides"],
        2: ["Quays"],
    }
    assert told(both, "Ships sank.", "Ships sank in the fire.") == {0: ["Ships sank"]}


def test_a_place_in_passing_tells_nothing_unless_a_word_of_the_topic_is_beside_it():
    entry = replace(HARBOUR, patterns=("quay*", "lund", "ystad"), in_passing=("lund", "ystad"))
    assert told(entry, "She sang in Rome, Lund and New York.") == {}
    assert told(entry, "She sang in Rome, Lund, Oslo and elsewhere.") == {}
    assert told(entry, "The lorry went from Rome to Lund.") == {}
    assert told(entry, "The lorry went from Rome via Oslo to Lund.") == {}
    assert told(entry, "They met in Rome and Lund.") == {0: ["Lund"]}, "two are no list"
    assert told(entry, "Rome, Lund and Oslo agreed.") == {0: ["Lund"]}, "they act"
    assert told(entry, "In Rome, Lund and Oslo agreed.") == {0: ["Lund"]}
    assert told(entry, "From Lund to Ystad it rained.") == {0: ["Lund", "Ystad"]}
    assert told(entry, "From Lund to Rome, and back to Lund.") == {0: ["Lund"]}
    assert told(replace(entry, in_passing=()), "From Lund to Rome.") == {0: ["Lund"]}


def test_congress_gives_its_own_context():
    assert coded("Three Democrats helped to confirm the judge.") == [["us_politics"]]
    assert coded("A Senate divided by one vote: the Senate confirmed the judge.") == [
        ["us_politics"]
    ]
    assert coded("Social Democrats in Bonn want the minister to resign.") == [[]]


def test_what_an_excluded_phrase_holds_is_no_context_either():
    entry = {"own": replace(HARBOUR, context=(("lund",),), exclude=("lund’s street",))}
    assert told(entry, "Quays.", "He lives in Lund’s Street.") == {}
    assert told(entry, "Quays.", "He lives in Lund.") == {0: ["Quays"]}


def test_nothing_counts_shortly_after_a_phrase_that_takes_it_back():
    entry = replace(HARBOUR, not_after=("towns like",))
    assert told(entry, "In towns like Ystad, Malmö and Quay nobody sails.") == {}
    assert told(entry, "In towns like Ystad. Quays are empty.") == {0: ["Quays"]}
    assert told(entry, "In towns like U.S. quays nobody sails.") == {}
    far = "In towns like one two three four five six quays."
    assert told(entry, far) == {0: ["quays"]}
    assert told(entry, "Towns like the quay, said the quay keeper of a quite different quay.") == {
        0: ["quay"]
    }


@pytest.mark.parametrize(
    ("texts", "rows"),
    [
        (("Quays.", "He said so.", "Quays."), {0, 1, 2}),
        (("Quays.", "He said so.", "She did not.", "Quays."), {0, 1, 2, 3}),
        (("Quays.", "He said so.", "She did not.", "Nobody did.", "Quays."), {0, 4}),
        (("Quays.", "He said so."), {0}),
        (("He said so.", "Quays."), {1}),
        (("Quays.", "A fire.", "Quays."), {0, 2}),
    ],
    ids=["one", "two", "too-many", "nothing-after", "nothing-before", "on-another-topic"],
)
def test_a_topic_continues_over_paragraphs_without_one(texts, rows):
    both = {"own": replace(HARBOUR, continues=True), "fire": Topic("Fires", ("fire*",))}
    found = told(both, *texts)
    assert set(found) == rows
    assert all(bool(spans) == ("Quays" in texts[row]) for row, spans in found.items())
    assert set(told(both | {"own": HARBOUR}, *texts)) == {
        row for row, text in enumerate(texts) if "Quays" in text
    }


def test_a_topic_continues_in_its_own_story_only():
    entry = {"own": replace(HARBOUR, continues=True)}
    table = pd.DataFrame(
        {"doc_id": ["a", "b", "a", "b"], "block": [0, 0, 1, 1], "text": ["Quays.", "Nothing."] * 2}
    )
    assert topics.code(table, entry)["doc_id"].tolist() == ["a", "a"]


def test_a_context_takes_one_of_each_list_and_heeds_capitals():
    entry = {"own": replace(HARBOUR, context=(("lund",), ("SWE", "sweden")))}
    assert told(entry, "Quays in Lund, Sweden.") == {0: ["Quays"]}
    assert told(entry, "Quays in Lund, where they swe and sew.") == {}


@given(
    st.lists(
        st.sampled_from(
            [*(text.replace("*", "") for _, text in PATTERNS[::25]), "word", "\n", "–"]
        ),
        max_size=12,
    )
)
def test_spans_are_apart_and_in_order(words):
    text = " ".join(words)
    found = topics.code(pd.DataFrame({"doc_id": ["a"], "block": [0], "text": [text + " " + BOTH]}))
    for row in found.itertuples():
        assert row.hits == len(row.spans) > 0, "only neighbours would tell a topic without a hit"
        ends = [0, *(end for _, end in row.spans)]
        assert all(end <= start < stop for end, (start, stop) in zip(ends, row.spans, strict=False))


@pytest.mark.parametrize(
    "unit",
    [
        "word ",
        "cooperat",
        "sanctions ",
        "u.s.-russia ",
        "minsk  ",
        "a",
        "fear of retaliation ",
        "Obama met Putin. ",
        "Russian jets and American ships. ",
        "in Paris, Kiev and Seoul, ",
        "from Kiev to Kiev ",
    ],
)
def test_time_grows_with_the_text_and_not_faster(unit):
    starts = topics._Starts(topics._index(topics._listed(TABLE)))

    def steps(times):
        count, text = 0, unit * times

        def watch(frame, event, argument):
            nonlocal count
            count += event in ("call", "c_call")

        sys.setprofile(watch)
        try:
            topics._tells(text, topics._counted(text, topics._find(text, starts), TABLE), TABLE)
        finally:
            sys.setprofile(None)
        return count

    assert steps(4000) <= 2.2 * steps(2000) + 500


def test_a_pattern_is_possessive_throughout():
    """No part of a compiled pattern repeats without bound in a way that could be taken back."""
    index = topics._index(topics._listed(TABLE))
    patterns = [one.text for own in index.values() for few in own.values() for one in few]
    assert len(patterns) > 1000
    for expression in map(topics._expression, patterns):
        bare = re.sub(r"\\w\*\+|\\s\{1,8\}\+", "", expression)
        assert not re.search(r"(?<!\\)[*+{]", bare), expression


FLOORS = {"precision": 0.9, "recall": 0.92}


def test_agreement_with_the_reference_stays_above_its_floors(corpus):
    table = topics.evaluate(corpus.coding("topics"), corpus.paragraphs, corpus.topics)
    assert table["in_both"].sum() / table["in_found"].sum() >= FLOORS["precision"]
    assert table["in_both"].sum() / table["in_reference"].sum() >= FLOORS["recall"]
    assert (table["recall"] >= 0.8).all()


def test_agreement_on_outside_pages_stays_above_its_floors():
    table = agreement.by_label(*outside.topics())
    assert table["in_both"].sum() / table["in_found"].sum() >= 0.63
    assert table["in_both"].sum() / table["in_reference"].sum() >= 0.61


@pytest.mark.parametrize("reading", ["reference", "reading-1", "reading-2"])
def test_every_paragraph_is_coded_once_with_topics_of_the_codebook(corpus, reading):
    coding = corpus.coding("topics", reading)
    keys = list(zip(coding["doc_id"], coding["line"], strict=True))
    assert keys == list(
        zip(corpus.paragraphs["doc_id"], corpus.paragraphs["line_start"], strict=True)
    )
    for text in coding["topics"].fillna(""):
        assert text.split() == [topic for topic in TABLE if topic in text.split()]


def test_coverage_is_a_share_of_words_with_its_interval(corpus):
    table = topics.coverage(corpus.paragraphs, corpus.topics)
    assert len(table) == 5 * 15
    assert table["share"].between(0, 1).all()
    assert (table["low"] <= table["share"]).all()
    assert (table["share"] <= table["high"]).all()
    row = table.query("doc_id == 'moscow-econotimes' and topic == 'afghanistan'").iloc[0]
    paragraph = corpus.paragraphs[
        corpus.paragraphs["text"].str.startswith("There were talks regarding Afgh")
    ]
    words = (
        corpus.paragraphs.query("doc_id == 'moscow-econotimes'")["text"].str.split().str.len().sum()
    )
    assert row["share"] == len(paragraph["text"].iloc[0].split()) / words


def test_the_same_seed_gives_the_same_interval():
    on, words = pd.Series([True, False] * 10), pd.Series(range(1, 21))
    strata = pd.Series(["a"] * 10 + ["b"] * 10)
    assert weighted_mean(on, words, strata) == weighted_mean(on, words, strata)
    assert weighted_mean(on, words, strata) != weighted_mean(on, words, strata, seed=1)


@pytest.mark.parametrize(
    ("on", "strata", "expected"),
    [([True, True], "aa", (1.0, 1.0, 1.0)), ([False, False], "aa", (0.0, 0.0, 0.0)), ([True, False], "ab", (0.5, 0.5, 0.5))],
    ids=["all", "none", "nothing-can-vary"],
)  # fmt: skip
def test_an_interval_without_variation_is_a_point(on, strata, expected):
    assert weighted_mean(pd.Series(on), pd.Series([3, 3]), pd.Series(list(strata))) == expected


def test_no_words_no_share():
    assert np.isnan(
        weighted_mean(
            pd.Series([], dtype=bool), pd.Series([], dtype=int), pd.Series([], dtype=str)
        )[0]
    )


def test_the_log_odds_of_a_known_case():
    """By hand: 4 of 10 words here, 1 of 10 there, prior 5 of 20; equations 16 to 22."""
    counts = pd.Series([4, 6]), pd.Series([1, 9])
    row = topics._log_odds(*counts, pd.Series([5.0, 15.0])).iloc[0]
    here, there = np.log(9 / (10 + 20 - 9)), np.log(6 / (10 + 20 - 6))
    assert row["log_odds"] == pytest.approx(here - there, abs=1e-6)
    assert row["z"] == pytest.approx((here - there) / np.sqrt(1 / 9 + 1 / 6), abs=1e-4)


def test_a_sentence_of_an_earlier_story_is_reused(corpus):
    gone = corpus.sentences[reuse.is_reused(corpus.sentences, corpus.reused)]
    assert gone["doc_id"].eq("bonn-sputnik-awkward").all()
    assert gone["text"].str.contains("February 1 confirmation").any()


def test_similarity_is_symmetric_and_one_with_oneself(corpus):
    table = topics.similarity(topics.coverage(corpus.paragraphs, corpus.topics))
    assert np.allclose(table, table.T)
    assert np.allclose(np.diag(table), 1)


def test_the_groups_hold_every_paragraph(corpus):
    assert topics.groups(corpus.paragraphs, corpus.topics)["paragraphs"].sum() == len(
        corpus.paragraphs
    )


def test_paragraphs_without_a_common_word_are_not_grouped():
    texts = pd.DataFrame({"doc_id": "a", "block": [0, 1], "text": ["Quays rot.", "Ships sail."]})
    assert topics.groups(texts, topics.code(texts)).empty


def test_a_story_without_a_topic_goes_through_everything_without_a_warning(corpus_of):
    page = "Nobody came to see it\n\nNobody came to see the thing that was there for all of them.\n"
    corpus = corpus_of({"page": page})
    given = corpus.paragraphs, corpus.topics
    assert corpus.topics.empty
    assert (topics.coverage(*given)["share"] == 0).all()
    assert topics.cooccurrence(*given).empty
    assert topics.similarity(topics.coverage(*given)).isna().all(axis=None)
    assert topics.keyness(corpus.sentences).empty
    assert topics.groups(*given).empty
    for figure in FIGURES.values():
        table = figure.table(corpus)
        assert figure.caption(table)
        assert figure.plot(table).axes


def test_function_words_count_but_are_listed_only_when_asked_for(corpus):
    content, every = (
        topics.keyness(corpus.sentences, function_words=every) for every in (False, True)
    )
    left_out = set(every["word"]) - set(content["word"])
    assert {"and", "that", "did"} <= left_out
    assert {"sanctions", "find"} <= set(content["word"])
    both = content.merge(every, on=["meeting", "word"], suffixes=("", "_every"))
    assert (both["z"] == both["z_every"]).all()


def test_what_is_a_function_word_and_what_is_not_corrects_the_list_that_is_used():
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    shipped = codebook.read().language.stop_words
    assert not shipped.function & ENGLISH_STOP_WORDS, "these would be on the list anyway"
    assert shipped.content <= ENGLISH_STOP_WORDS, "these would not be on it anyway"
    words = pd.DataFrame({"text": ["bill did", "bill did", "and"], "meeting": ["a", "a", "b"]})
    assert topics.keyness(words, least=1)["word"].unique().tolist() == ["bill"]


def test_stop_words_of_ones_own_are_listed_nowhere():
    own = codebook.StopWords(frozenset({"bill"}), frozenset())
    words = pd.DataFrame(
        {"text": ["bill quay"] * 4 + ["ship and"] * 4, "meeting": ["a"] * 4 + ["b"] * 4}
    )
    for found in (topics.keyness(words, stop_words=own), topics.top_words(words, stop_words=own)):
        assert set(found["word"]) == {"quay", "ship"}
    texts = pd.DataFrame({"doc_id": "a", "block": range(2), "text": words["text"][:2]})
    coded = pd.DataFrame({"doc_id": ["a"], "block": [0], "topic": ["harbour"]})
    assert topics.groups(texts, coded, stop_words=own)["words"].tolist() == ["quay", "quay"]


def test_a_word_is_hidden_from_its_own_unit_only_and_counts_all_the_same(corpus):
    places = topics.place_names(corpus.meetings)
    assert places == {"bonn": {"bonn"}, "moscow": {"moscow"}, "manila": {"manila"}}
    every, shown = (topics.keyness(corpus.sentences, hide=hide) for hide in (None, places))
    gone = every.merge(shown, how="left", indicator=True).query("_merge == 'left_only'")
    assert "bonn" in gone.loc[gone["meeting"] == "bonn", "word"].tolist()
    assert (gone["word"] == gone["meeting"]).all()
    assert "bonn" in shown.loc[shown["meeting"] == "moscow", "word"].tolist()
    words = topics.top_words(corpus.sentences, hide={"bonn": {"tillerson"}})
    assert "tillerson" not in words.loc[words["meeting"] == "bonn", "word"].tolist()


# Many stories -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def many():
    """Paragraphs of 400 stories by three outlets, one of them not known, on two topics."""
    rng = np.random.default_rng(1)
    texts = np.array(["Sanctions on Russia and nothing else.", "He met the press in the old town."])
    n = 1200
    return pd.DataFrame(
        {
            "doc_id": [f"doc-{i // 3:03d}" for i in range(n)],
            "block": [i % 3 for i in range(n)],
            "outlet": np.repeat(["", "Gazette", "Herald"], n // 3).astype(object),
            "words": rng.integers(5, 50, n),
            "text": texts[rng.integers(0, 2, n)],
        }
    )


def test_many_stories_of_an_outlet_are_resampled_whole(many):
    found = topics.code(many)
    table = topics.coverage(many, found, by="outlet")
    assert table["outlet"].unique().tolist() == ["", "Gazette", "Herald"]
    on = topics.wide(found, many).reset_index(drop=True)
    own = many["outlet"] == ""
    expected = clustered_means(on[own], many.loc[own, "words"], many.loc[own, "doc_id"])
    numbers = table.loc[table["outlet"] == "", ["share", "low", "high"]].to_numpy()
    assert np.array_equal(numbers, expected.to_numpy())


def test_shares_alone_are_those_with_intervals(corpus, many):
    for paragraphs, found in ((corpus.paragraphs, corpus.topics), (many, topics.code(many))):
        for by in ("outlet", "block"):
            full = topics.coverage(paragraphs, found, by)
            bare = topics.coverage(paragraphs, found, by, intervals=False)
            pd.testing.assert_frame_equal(full[[by, "topic", "share"]], bare.iloc[:, :3])
            assert bare[["low", "high"]].isna().all(axis=None)


def test_what_a_unit_is_called_may_be_missing(many):
    paragraphs = many.assign(day=pd.to_datetime(["2017-01-01", None] * 600))
    table = topics.coverage(paragraphs, topics.code(many), "day", intervals=False)
    assert table["day"].isna().sum() == len(table) / 2


def test_a_share_of_paragraphs_has_a_width_also_where_none_is_on_the_topic(corpus):
    table = topics.paragraph_shares(corpus.paragraphs, corpus.coded_topics)
    table = table.set_index(["meeting", "topic"])
    press = table.loc[("moscow", "press")]
    assert press[["on", "paragraphs", "share", "share_low"]].tolist() == [0, 18, 0, 0]
    assert press["share_high"] == pytest.approx(1.96**2 / (18 + 1.96**2), abs=1e-4)
    on = topics.wide(corpus.coded_topics, corpus.paragraphs)
    assert table["on"].sum() == on.to_numpy().sum()
    assert len(table) == 3 * len(corpus.codebook.topics)


def test_two_units_are_compared_by_fishers_exact_test_and_all_tests_count():
    table = pd.DataFrame({"meeting": ["a", "b"] * 2, "topic": ["press"] * 2 + ["syria"] * 2,
                          "on": [0, 3, 2, 2], "paragraphs": [3, 3, 4, 4]})  # fmt: skip
    found = topics.compare(table)
    assert found["topic"].tolist() == ["press", "syria"]
    # By hand: two of the 20 ways to divide three of six are as extreme; two tests.
    assert found["pvalue"].tolist() == pytest.approx([0.1, 1.0])
    assert found["adjusted"].tolist() == pytest.approx([0.2, 1.0])
    assert topics.compare(table[table["meeting"] == "a"]).empty
    assert topics.compare(table.assign(on=0)).empty


def test_stories_of_one_meeting_are_contrasted_topic_by_topic(corpus):
    shares = topics.coverage(corpus.paragraphs, corpus.coded_topics, intervals=False)
    table = topics.contrasts(shares, corpus.paragraphs)
    assert set(table["meeting"]) == {"bonn", "manila"}
    assert len(table) == 2 * len(corpus.codebook.topics)
    assert table["difference"].abs().round(9).is_monotonic_decreasing
    own = shares.set_index(["doc_id", "topic"])["share"]
    for row in table.itertuples():
        assert row.difference == own[row.one, row.topic] - own[row.other, row.topic]
    alone = corpus.paragraphs.assign(meeting=None)
    assert topics.contrasts(shares, alone).empty


def test_a_hit_is_told_by_its_longest_pattern(corpus):
    found = topics.told_by(corpus.paragraphs, corpus.topics)
    assert found["hits"].sum() == corpus.topics["hits"].sum()
    for topic, entry in corpus.codebook.topics.items():
        words = {word for names in entry.words.values() for word in names}
        told = found.loc[found["topic"] == topic, "pattern"]
        listed = told.isin([*entry.patterns, *entry.aside])
        assert listed.is_monotonic_decreasing, "words together come last"
        assert {word for one in told[~listed] for word in one.split(" + ")} <= words
    assert topics.told_by(corpus.paragraphs, corpus.topics.iloc[:0]).empty


def test_a_word_stays_that_every_prior_puts_first(corpus):
    table = topics.top_words(corpus.sentences, n=4, priors=(10, 100, 1000))
    assert table.groupby(["prior", "meeting"]).size().eq(4).all()
    for (meeting, word), own in table.groupby(["meeting", "word"]):
        assert own["stays"].all() == (own["prior"].nunique() == 3), (meeting, word)
    words = topics.keyness(corpus.sentences, prior_words=10)
    assert table["word"].head(4).tolist() == words["word"].head(4).tolist()


def test_pairs_are_counted_paragraph_by_paragraph(corpus):
    on = topics.wide(corpus.topics, corpus.paragraphs)
    for row in topics.cooccurrence(corpus.paragraphs, corpus.topics).itertuples():
        assert row.paragraphs == (on[row.topic] & on[row.other]).sum()
        assert row.jaccard == row.paragraphs / (on[row.topic] | on[row.other]).sum()
        by_chance = sum(one[row.topic].sum() * one[row.other].mean()
                        for _, one in on.groupby(level="doc_id"))  # fmt: skip
        assert row.expected == pytest.approx(by_chance, abs=1e-5)


def test_more_units_than_anybody_can_compare_are_refused(many):
    shares = topics.coverage(many, topics.code(many), intervals=False)
    for refused in (lambda: topics.similarity(shares), lambda: topics.keyness(many, by="doc_id")):
        with pytest.raises(InputError, match="400 units, above 300; group them first"):
            refused()
    by_outlet = topics.coverage(many, topics.code(many), by="outlet", intervals=False)
    assert topics.similarity(by_outlet, by="outlet").shape == (3, 3)


def test_keyness_counts_the_words_of_each_unit(corpus):
    table = topics.keyness(corpus.sentences, "outlet", function_words=True)
    for row in table.iloc[::97].itertuples():
        own = corpus.sentences[corpus.sentences["outlet"] == row.outlet]
        words = " ".join(own["text"]).lower()
        assert row.here == len(re.findall(rf"(?<![^\W\d_]){row.word}(?![^\W\d_])", words))


def test_many_paragraphs_are_grouped_by_an_even_sample(monkeypatch, corpus):
    given = corpus.paragraphs, corpus.topics
    assert topics.groups(*given).attrs == {"of": 78}
    monkeypatch.setattr(topics, "GROUPED", 20)
    found = topics.groups(*given, n=4)
    assert (found["paragraphs"].sum(), found.attrs["of"]) == (20, 78)
    sample = corpus.paragraphs.iloc[[i * 78 // 20 for i in range(20)]]
    pd.testing.assert_frame_equal(found, topics.groups(sample, corpus.topics, n=4))


def test_what_words_begin_is_kept_for_few(monkeypatch):
    text = "New sanctions on Russia, and no end of sanctions."
    found = topics._find(text, topics._Starts(topics._index(topics._listed(TABLE))))
    monkeypatch.setattr(topics, "KEPT", 3)
    starts = topics._Starts(topics._index(topics._listed(TABLE)))
    assert found
    assert topics._find(text, starts) == found
    assert len(starts) <= 3
