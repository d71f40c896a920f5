"""Quotations: cases with their reasons, laws that hold for any page, and floors."""

import csv
import subprocess
import sys
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from usru import codebook, schema
from usru.evaluation import outside
from usru.manifest import shipped
from usru.text import blocks, quotations
from usru.text.blocks import clean
from usru.text.quotations import quotation_marks
from usru.text.quotations._attribution import Attribution
from usru.text.quotations.finder import form

LAVROV, TILLERSON, NOBODY = "Sergei Lavrov", "Rex Tillerson", None
KNOWN = codebook.read().speakers


def page(*paragraphs):
    """A page of body blocks, one a line, and the page's text."""
    rows, raw = [], ""
    for number, text in enumerate(paragraphs):
        rows.append(
            {"block": number, "kind": "body", "rule": "", "line_start": number + 1,
             "line_end": number + 1, "start": len(raw), "end": len(raw) + len(text), "text": text}
        )  # fmt: skip
        raw += text + "\n"
    return raw, schema.frame("blocks", rows, "doc_id")


def found(text, known=None):
    table = quotations.find(*page(*text.split("\n")), known or KNOWN)
    return [
        (row.text, None if pd.isna(row.speaker) else row.speaker, row.cue, row.form)
        for row in table.itertuples()
    ]


# What stands on the page; each quotation's words, speaker, cue and form; why the case is there.
CASES = [
    # Marks
    ('"We are ready to talk," said Ann Lee.', [("We are ready to talk,", "Ann Lee", "said", "direct")],
     "straight marks"),
    ("“We are ready to talk,” said Ann Lee.", [("We are ready to talk,", "Ann Lee", "said", "direct")],
     "curly marks"),
    ('“We are ready to talk," said Ann Lee, "and we listen.”',
     [("We are ready to talk,", "Ann Lee", "said", "direct"), ("and we listen.", "Ann Lee", "said", "direct")],
     "an opening mark of one shape is closed by one of another"),
    ("«We are ready to talk», said Ann Lee.", [("We are ready to talk", "Ann Lee", "said", "direct")],
     "angle marks, the comma behind them"),
    ("‘We’re ready, and the ministers’ aides are,’ said Ann Lee.",
     [("We’re ready, and the ministers’ aides are,", "Ann Lee", "said", "direct")],
     "an apostrophe and a plural possessive in single marks"),
    ("'We're ready,' said Ann Lee. 'It's late.'",
     [("We're ready,", "Ann Lee", "said", "direct"), ("It's late.", "Ann Lee", "said", "direct")],
     "the same with straight marks"),
    ("The ministers’ talks went on; the envoys’ did not.", [], "possessives are no marks"),
    ("It was the summer of '89, rock 'n' roll and all.", [], "elisions are no marks"),
    ("“He told me ‘never’ and left,” said Ann Lee.",
     [("He told me ‘never’ and left,", "Ann Lee", "said", "direct")], "a quotation inside another is part of it"),
    ('"He told me "never" and left," said Ann Lee.',
     [('He told me "never" and left,', "Ann Lee", "said", "direct")], "the same with marks of one shape"),
    ("“We are ready to talk, said Ann Lee.\n“It is late,” said Bob Ray.",
     [("We are ready to talk, said Ann Lee.", NOBODY, "", "direct"), ("It is late,", "Bob Ray", "said", "direct")],
     "a missing closing mark costs its own paragraph only"),
    ("We are ready to talk,” said Ann Lee.\n“It is late,” said Bob Ray.",
     [("It is late,", "Bob Ray", "said", "direct")], "a missing opening mark costs its own paragraph only"),
    ("“It is late,” said Bob Ray.” He left. “We go,” he added.",
     [("It is late,", "Bob Ray", "said", "direct"), ("We go,", "Bob Ray", "added", "direct")],
     "a closing mark printed twice is ignored"),
    ('The pipe is 12" wide, said Ann Lee.', [], "an inch sign that nothing opens is none"),
    ("The envoy Ann Lee spoke. “We stand by the treaty.\n“We always have.”",
     [("We stand by the treaty.", "Ann Lee", "", "direct"), ("We always have.", "Ann Lee", "", "direct")],
     "a quotation of several paragraphs opens each of them"),
    # Where the reporting clause stands
    ("“We stand by it,” Ann Lee said, “and we always have.”",
     [("We stand by it,", "Ann Lee", "said", "direct"), ("and we always have.", "Ann Lee", "said", "direct")],
     "broken by a reporting clause: its second half keeps the cue"),
    ("Ann Lee said: “We stand by it.”", [("We stand by it.", "Ann Lee", "said", "direct")], "cue before"),
    ("“We stand by it,” Ann Lee told reporters.", [("We stand by it,", "Ann Lee", "told", "direct")], "cue behind"),
    ("“We stand by it,” warned the envoy, Ann Lee.", [("We stand by it,", "Ann Lee", "warned", "direct")],
     "cue inverted, the name in apposition"),
    ("The treaty is “dead letter and no more,” according to Ann Lee.",
     [("dead letter and no more,", "Ann Lee", "according to", "partial")], "according to"),
    ("Ann Lee called the talks “useful” on Monday.", [("useful", "Ann Lee", "called", "partial")],
     "a phrase inside the reporter's own clause"),
    ("“We stand by it,” said Ann Lee.\n“Nothing has changed since May.”",
     [("We stand by it,", "Ann Lee", "said", "direct"), ("Nothing has changed since May.", "Ann Lee", "", "direct")],
     "alone in its paragraph it goes on with the last speaker"),
    ("Ann Lee said that Bob Ray had told her that the talks were “over”.",
     [("over", "Ann Lee", "said", "partial")], "who relays another's words is the speaker of them"),
    ("Ann Lee told Reuters that the talks were “over”.", [("over", "Ann Lee", "told", "partial")],
     "a medium that is told is not the speaker"),
    ("“It is over,” Interfax quoted Ann Lee as saying.", [("It is over,", "Ann Lee", "saying", "direct")],
     "nor is the medium that quotes"),
    ("“It is over,” said Ann Lee, as Bob Ray listened.", [("It is over,", "Ann Lee", "said", "direct")],
     "who merely listens is not the speaker"),
    ("Ann Lee, who chairs the board, said the plan was “dead”.", [("dead", "Ann Lee", "said", "partial")],
     "a relative clause stands between name and verb"),
    ("Ann Lee arrived late and described the plan as “dead”.", [("dead", "Ann Lee", "described", "partial")],
     "two verbs share a subject"),
    ("Speaking in Bonn, Ann Lee said the plan was “dead”.", [("dead", "Ann Lee", "said", "partial")],
     "what comes before the subject is none"),
    ("Bob Ray's claim that the plan was “dead” surprised nobody.", [("dead", "Bob Ray", "claim", "partial")],
     "a noun reports as well when it is somebody's"),
    # Who it is
    ("Sergei Lavrov came first. “It is late,” the Russian minister said.",
     [("It is late,", LAVROV, "said", "direct")], "a nationality and a role mean a known person"),
    ("Lavrov met Tillerson in Bonn. “It is late,” the Secretary of State said.",
     [("It is late,", TILLERSON, "said", "direct")], "a role that is an office"),
    ("German Chancellor Angela Merkel spoke. “It is late,” the chancellor said.",
     [("It is late,", "Angela Merkel", "said", "direct")], "a role learnt from the text"),
    ("“It is late,” said Carnegie Endowment analyst Andrew Weiss.",
     [("It is late,", "Andrew Weiss", "said", "direct")], "the name ends a phrase with an institution"),
    ("“It is late,” said Oslo Institute analyst Vera Quist.",
     [("It is late,", "Vera Quist", "said", "direct")], "an unknown speaker by the shape of the phrase"),
    ("Vera Quist, deputy director of the Oslo Institute, spoke. Quist said it was “late”.",
     [("late", "Vera Quist", "said", "partial")], "a surname stands for the full name"),
    ("Vera Quist met Bob Ray at the door. “It is late,” she said. Ms. Quist left.",
     [("It is late,", "Vera Quist", "said", "direct")], "a pronoun by its gender, told by a title"),
    ("Spokeswoman Vera Quist stood beside Mr. Bob Ray. “It is late,” he said.",
     [("It is late,", "Bob Ray", "said", "direct")], "a pronoun skips who has the other gender"),
    ("“It is late,” the Kremlin said.", [("It is late,", "Kremlin", "said", "direct")], "an institution can speak"),
    ("“It is late,” the Foreign Ministry of Russia said in a statement.",
     [("It is late,", "Russian Foreign Ministry", "said", "direct")], "an institution by its alias"),
    ("“It is late,” said a senior official, who asked not to be named.",
     [("It is late,", "anonymous", "said", "direct")], "an unnamed source"),
    ("“It is late,” two diplomats said.", [("It is late,", "anonymous", "said", "direct")], "several unnamed sources"),
    ("“It is late,” said the envoy to Cairo, Nikola Hale.", [("It is late,", "Nikola Hale", "said", "direct")],
     "what a preposition governs is no speaker"),
    ("“It is late,” said a spokesman for Vera Quist.", [("It is late,", "anonymous", "said", "direct")],
     "somebody's unnamed spokesman is not that somebody"),
    ("Ludwig van der Berg said it was “late”.", [("late", "Ludwig van der Berg", "said", "partial")],
     "particles are part of a name"),
    # Without a verb
    ("Lavrov: “It is late.”", [("It is late.", LAVROV, "", "direct")], "a label before it"),
    ("“It is late and we are tired.” — Vera Quist, analyst", [("It is late and we are tired.", "Vera Quist", "", "direct")],
     "a dash and a name behind it"),
    ("“It is late and we are tired.” (Vera Quist)", [("It is late and we are tired.", "Vera Quist", "", "direct")],
     "a name in brackets behind it"),
    # Messages, signs and answers
    ("Ann Lee came. Lee’s message was short: “We stand by it.”", [("We stand by it.", "Ann Lee", "message", "direct")],
     "somebody's message behind a colon"),
    ("A note from the envoy Ann Lee: “We stand by it.”", [("We stand by it.", "Ann Lee", "note", "direct")],
     "whose it is stands behind the noun"),
    ("Ann Lee’s letter to Bob Ray was clear: “We stand by it.”", [("We stand by it.", "Ann Lee", "letter", "direct")],
     "whom it is for is not the author"),
    ("A letter signed by Ann Lee reads: “We stand by it.”", [("We stand by it.", "Ann Lee", "reads", "direct")],
     "who signs a letter says what it reads"),
    ("Ann Lee’s essay “The Last Treaty” was sold to Bob Ray.", [("The Last Treaty", NOBODY, "", "scare")],
     "the title of what somebody wrote is no report"),
    ("Ann Lee came. “Never” was Lee’s answer.", [("Never", "Ann Lee", "answer", "direct")], "an answer before its noun"),
    ("Ann Lee came. “Hardly useful” was her verdict.", [("Hardly useful", "Ann Lee", "verdict", "direct")],
     "whose it is may be a pronoun"),
    ("Ann Lee asked Bob Ray: “Why?” “No” was the reply.", [("Why?", "Ann Lee", "asked", "direct"), ("No", "Bob Ray", "reply", "direct")],
     "the reply is that of who was asked"),
    ("The play “Silent River” was Ann Lee’s answer to it.", [("Silent River", NOBODY, "", "scare")], "a work can be an answer"),
    ("Ann Lee, the mayor, came. “Stay away” was the mayor’s advice.",
     [("Stay away", "Ann Lee", "advice", "direct")], "advice, whose it is told by a post"),
    ("Ann Lee, the mayor, came. “Never” was the blunt reaction of the mayor.",
     [("Never", "Ann Lee", "reaction", "direct")], "a reaction, whose it is behind it"),
    ("“Never,” came the reply from Ann Lee.", [("Never,", "Ann Lee", "reply", "direct")], "a reply that comes"),
    ("“Never,” went Ann Lee’s refrain.", [("Never,", "Ann Lee", "refrain", "direct")], "a refrain that goes"),
    ("Ann Lee came. “Silent River” was Lee’s favourite song.", [("Silent River", NOBODY, "", "scare")],
     "a song is nobody's words"),
    ("In the words of Ann Lee, “we stand by it.”", [("we stand by it.", "Ann Lee", "In the words of", "direct")],
     "a phrase that names its source"),
    ("It was, in Ann Lee’s words, “late”.", [("late", "Ann Lee", "words", "partial")], "the same as a genitive"),
    ("Ann Lee’s “never again” pledge was heard.", [("never again", "Ann Lee", "pledge", "partial")],
     "a pledge with its words before it"),
    ("Ann Lee fired off an email with the subject line, “It is late!”", [("It is late!", "Ann Lee", "line", "direct")],
     "the words of a subject line"),
    ("Ann Lee held up a sign with the words “No More Roads”.", [("No More Roads", "Ann Lee", "words", "partial")],
     "words on a sign are no title"),
    ("Ann Lee waved a banner that read “No More Roads!”", [("No More Roads!", "Ann Lee", "read", "partial")],
     "a sign that reads is that of who shows it"),
    ("Ann Lee tweeted the hashtag “NoMoreRoads”.", [("NoMoreRoads", "Ann Lee", "hashtag", "partial")], "a hashtag that is written"),
    ("The hashtag “NoMoreRoads” was seen, Ann Lee said.", [("NoMoreRoads", NOBODY, "", "scare")],
     "a hashtag that is only mentioned is a term"),
    ("“It is late,” said Otto “Shorty” Krum.", [("It is late,", "Otto Krum", "said", "direct"), ("Shorty", NOBODY, "", "scare")],
     "a nickname is a part of a name"),
    ("Otto (‘the Hammer’) Krum, a baker, said it was “late”.",
     [("the Hammer", NOBODY, "", "scare"), ("late", "Otto Krum", "said", "partial")], "the same in brackets"),
    ("Ann Lee said “No” Monday.", [("No", "Ann Lee", "said", "partial")], "no nickname before a day"),
    ("Ann Lee Calls Ray “Slow” In New Book", [("Slow", "Ann Lee", "Calls", "partial")], "nor in title case"),
    # How somebody puts it
    ("The road is “a joke,” as Ann Lee, a driver, puts it.", [("a joke,", "Ann Lee", "puts it", "partial")], "as she puts it"),
    ("The road is “a joke”, as Ann Lee said in Bonn.", [("a joke", "Ann Lee", "said", "partial")], "as she said"),
    ("“You had many people saying no.”\nThat was how Ann Lee, a driver, put it.",
     [("You had many people saying no.", "Ann Lee", "put it", "direct")], "told by the next paragraph"),
    ("“You had many people saying no.” That was how Ann Lee, the town’s chief driver, began.",
     [("You had many people saying no.", "Ann Lee", "began", "direct")], "or how somebody begins"),
    ("“You had many people saying no.”\nThis is how Ann Lee opened her speech.",
     [("You had many people saying no.", "Ann Lee", "opened", "direct")], "or opens a speech"),
    ("“You had many people saying no.” That was how the storm began.",
     [("You had many people saying no.", NOBODY, "", "direct")], "but a storm says nothing"),
    ("“You had many people saying no.” Ann Lee began on Monday.",
     [("You had many people saying no.", NOBODY, "", "direct")], "nor does a plain verb of beginning tell"),
    ("Ann Lee protests when Bob Ray talks of “late roads”.", [("late roads", "Bob Ray", "talks of", "partial")],
     "a clause of its own inside another's"),
    ("Ann Lee said when Bob Ray came that it was “late”.", [("late", "Ann Lee", "said", "partial")], "but not every clause"),
    ("The Geneva talks of “friends” ended on Monday.", [("friends", NOBODY, "", "scare")], "talks that nobody talks"),
    ("Ann Lee recalls Bob Ray’s saying, “Is it late?”", [("Is it late?", "Bob Ray", "saying", "direct")], "whose saying it is"),
    ("Ann Lee recalls the mayor’s saying, “Is it late?”", [("Is it late?", "anonymous", "saying", "direct")],
     "a mayor who is not named is not who recalls him"),
    ("Ann Lee said the programme was “late”.", [("late", "Ann Lee", "said", "partial")],
     "a noun for titles does not make its predicate one"),
    ("“You had many people saying no.”\nSo said Ann Lee, a driver.",
     [("You had many people saying no.", "Ann Lee", "said", "direct")], "in another order"),
    ("“You had many people saying no.”\nThose were the words of Ann Lee.",
     [("You had many people saying no.", "Ann Lee", "the words of", "direct")], "by a noun"),
    ("“You had many people saying no.”\nAnn Lee said that it was late.",
     [("You had many people saying no.", NOBODY, "", "direct")], "but not by a sentence that points to nothing"),
    ("Ann Lee complains whenever Bob Ray speaks of “late roads”.", [("late roads", "Bob Ray", "speaks of", "partial")],
     "whenever begins a clause as well"),
    ("Mr. Bob Ray came. Ms. Ann Lee remembers his saying, “Is it late?”", [("Is it late?", "Bob Ray", "saying", "direct")],
     "his saying is not hers"),
    ("Ann Lee was asked: “Is it late?” She said: “Never.”",
     [("Is it late?", "anonymous", "asked", "direct"), ("Never.", "Ann Lee", "said", "direct")], "who is asked does not ask"),
    ("When Ann Lee asked, “Is it late?”, Bob Ray replied, “It is.”",
     [("Is it late?", "Ann Lee", "asked", "direct"), ("It is.", "Bob Ray", "replied", "direct")],
     "each clause before its own quotation"),
    ("The survey found that prices were “too high”.", [("too high", "survey", "found", "partial")], "what a text finds it says"),
    ("Ann Lee found a “strange” smell.", [("strange", NOBODY, "", "scare")], "what a person finds nobody says"),
    # Copy in capitals and in title case
    ('"WE HAVE NO TIME," MAYOR ANN LEE SAID. "THE ROAD IS SHUT."',
     [("WE HAVE NO TIME,", "Ann Lee", "SAID", "direct"), ("THE ROAD IS SHUT.", "Ann Lee", "SAID", "direct")],
     "agency copy in capitals"),
    ('ANN LEE CALLED THE ROAD "USELESS". "WHO PAYS?" THE MAYOR OF LUND ASKED.',
     [("USELESS", "Ann Lee", "CALLED", "partial"), ("WHO PAYS?", "Ann Lee", "ASKED", "direct")],
     "in capitals a short phrase is no title, and a question is followed by its clause"),
    ("“WE STAY,” SAID NATO.\n“It is late,” said Ann Lee of NATO.",
     [("WE STAY,", "NATO", "SAID", "direct"), ("It is late,", "Ann Lee", "said", "direct")], "initials stay what they are"),
    ("At the Port Gala, Ann Lee Said “Some Of You Will Pay.”", [("Some Of You Will Pay.", "Ann Lee", "Said", "direct")],
     "a summary in title case"),
    ("Ann Lee Says Road Is ‘Useless’ For All Of Lund", [("Useless", "Ann Lee", "Says", "partial")],
     "the same in the present, and a phrase"),
    ("THE FILM “SILENT RIVER” WAS SHOWN IN LUND, ANN LEE SAID.", [("SILENT RIVER", NOBODY, "", "scare")],
     "a title remains one in capitals"),
    # What nobody is reported to have said
    ("The so-called “thaw” ended in May.", [("thaw", NOBODY, "", "scare")], "a term"),
    ("The film “Silent River” won a prize.", [("Silent River", NOBODY, "", "scare")], "the title of a work"),
    ("Thousands marched on the “Friday of Dignity”, Vera Quist said.", [("Friday of Dignity", NOBODY, "", "scare")],
     "written like a name"),
    ("Vera Quist said the group known as “the Oslo five” had met.", [("the Oslo five", NOBODY, "", "scare")],
     "a term in a reported clause"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "why"), CASES, ids=[case[2] for case in CASES])
def test_a_case_is_read_as_people_read_it(text, expected, why):
    assert found(text) == expected, why


# Whom the subject of a reporting clause names: where a naive reading gives the words to the
# politician beside it, to whoever spoke last, or to nobody. Each begins where Ann Lee, an Austrian
# minister, has met Vera Quist, the mayor of Graz.
INTRODUCED = "Austrian minister Ann Lee met Vera Quist, the mayor of Graz, on Monday.\n"
WHOM = [
    # Somebody's people
    ("“Never,” said Quist’s lawyer.", "anonymous", "a lawyer is not the client"),
    ("“Never,” Ms. Lee’s chief of staff said.", "anonymous", "nor is a chief of staff"),
    ("“Never,” her husband said.", "anonymous", "nor a relative, by a pronoun"),
    ("“Never,” said the minister’s press secretary.", "anonymous", "a noun that could be a verb"),
    ("“Never,” said the Quist spokesman.", "anonymous", "the name as a modifier"),
    ("“Never,” said the spokeswoman of the water board.", "anonymous", "of an institution"),
    ("“Never,” said the head of Lee’s office.", "anonymous", "a genitive behind the post"),
    ("An aide to Lee called it “late”.", "anonymous", "behind a preposition"),
    ("“Never,” said Lee’s press officers.", "anonymous", "several of them"),
    ("“Never,” said Lee’s lawyer, Otto Brandt.", "Otto Brandt", "near miss: named in apposition"),
    ("“Never,” said a spokesman for the ferry line, Otto Brandt.", "Otto Brandt", "behind an indefinite role"),
    ("Otto Brandt, a spokesman for Ann Lee, called it “late”.", "Otto Brandt", "an apposition that ends with a name"),
    ("Otto Brandt, the head of Rhine Watch, called it “late”.", "Otto Brandt", "and with an institution's"),
    ("Otto Brandt, 41, of Linz, N.D., called it “late”.", "Otto Brandt", "age and place in American papers"),
    ("Otto Brandt, Lee’s lawyer, came. “Never,” her lawyer said.", "Otto Brandt", "near miss: named before"),
    ("“Never,” Lee said through her spokesman.", "Ann Lee", "near miss: the spokesman only passes it on"),
    ("“Never,” said Austria’s minister.", "Ann Lee", "near miss: a country has its minister"),
    ("“Never,” said the city’s mayor.", "Vera Quist", "near miss: so has a city its mayor"),
    ("“Never,” said Austria’s Ann Lee.", "Ann Lee", "near miss: the country before a name"),
    ("“Never,” said the chancellor’s envoy, Otto Brandt.", "Otto Brandt", "near miss: an envoy who is named"),
    # Documents and groups
    ("“Wages fell in each of these years,” the review said.", "review", "a document speaks for itself"),
    ("“Wages fell in each of these years,” said the report.", "report", "a noun that could be a verb"),
    ("Linz University’s survey called it “late”.", "Linz University", "a document has an author"),
    ("“It is late,” according to a poll by the Rhine Institute.", "Rhine Institute", "or an author behind by"),
    ("“It is late,” the ministry’s statement said.", "ministry", "a statement is its issuer's"),
    ("Quist sent out a letter. “It is late,” the letter said.", "Vera Quist", "who issued it before"),
    ("“It is late,” the rowing team wrote.", "rowing team", "a group"),
    ("“It is late,” the family said.", "family", "a group that ends like an adverb"),
    ("“It is late,” the paper wrote.", "paper", "a paper"),
    ("“It is late,” said a law enforcement official.", "anonymous", "near miss: a group inside a compound"),
    ("Lee released an advert calling it “late”.", "Ann Lee", "near miss: who released it says so"),
    ("When Quist stood for the post Lee called her “late”.", "Ann Lee", "near miss: a post that is none"),
    ("Lee told the rowing team it was “late”.", "Ann Lee", "near miss: a group that is told"),
    # Pronouns and surnames that two share
    ("Paul Winter and Maria Winter came. “It is late,” she said.", "Maria Winter", "the second of two by her given name"),
    ("Maria Winter met Paul Frey. “It is late,” he said.", "Paul Frey", "the object before those named earlier"),
    ("Maria Winter met Paul Frey. “It is late,” she said.", "Maria Winter", "near miss: the subject first"),
    ("Paul Winter and Maria Winter came. “It is late,” Mrs. Winter said.", "Maria Winter", "a title tells who is meant"),
    ("“It is late,” the two envoys said.", "anonymous", "two are no one of them"),
    # Names
    ("Otto “Tiny” Brandt came. “It is late,” said Brandt.", "Otto Brandt", "a nickname inside a name"),
    ("Otto Brandt called Lee “tiny”. Monday was cold.", "Otto Brandt", "near miss: a quotation before a capital"),
    ("Otto Brandt, The Linz Herald: “It is late.”", "Otto Brandt", "a label with somebody's paper"),
    ("“It is late,” said former Governor and Rhine Party Chairman Otto Brandt.", "Otto Brandt", "two posts"),
    ("“It is late,” said Lee ally Otto Brandt.", "Otto Brandt", "somebody else's name before the role"),
    ("“It is late,” said Polish centre-left MEP Otto Brandt.", "Otto Brandt", "a nation before it"),
    ("Otto Brandt of the Trade and Transport Committee said it was “late”.", "Otto Brandt", "and inside an institution"),
    ("LINZ (AP) — The Rhine Institute put out a report, calling it “late”.", "Rhine Institute", "a dateline is no subject"),
    ("Lee shook her head and said it was “late”.", "Ann Lee", "a part of the body is no post"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "who", "why"), WHOM, ids=[case[0] for case in WHOM])
def test_a_reporting_clause_names_whom_people_understand(text, who, why):
    spoken = {speaker for _, speaker, _, form in found(INTRODUCED + text) if form != "scare"}
    assert spoken == {who}, why


def test_a_heading_in_title_case_names_nobody():
    rows = found("Full Picture.\n“It is late, and everybody knows that it is.”\nHe left.")
    assert [speaker for _, speaker, _, _ in rows] == [None]


@pytest.mark.parametrize(
    ("day", "who"), [("2017-02-16", TILLERSON), ("2018-06-13", "anonymous"), (None, TILLERSON)]
)
def test_an_office_means_who_held_it_on_the_day(day, who):
    known = codebook.read().speakers
    known = known.at(pd.Timestamp(day).date()) if day else known
    ((_, speaker, _, _),) = found("“It is late,” said the US Secretary of State.", known)
    assert speaker == who


def test_a_caption_introduces_people_too():
    raw, body = page("“It is late,” said Quist.", "Vera Quist, a director, in Oslo")
    body["kind"] = ["body", "caption"]
    assert quotations.find(raw, body)["speaker"].tolist() == ["Vera Quist"]


@pytest.mark.parametrize(
    "text", ["", " ", "No marks at all.", "“", "”", '"', "'", "“”", '""" "', "“ ”"]
)
def test_what_quotes_nothing_gives_no_quotation(text):
    raw, body = page(text)
    table = quotations.find(raw, body)
    assert schema.check("quotations", table, "doc_id").empty


def test_a_nul_character_is_no_quotation():
    raw, body = page("The envoy \0 Ann Lee said it was “late”.")
    assert quotations.find(raw, body)["text"].tolist() == ["late"]


def test_the_vocabulary_can_be_ones_own():
    raw, body = page("Ann Lee blorked it was “late”.")
    assert quotations.find(raw, body)["speaker"].isna().all()
    shipped = codebook.read().reporting
    words = replace(shipped.words, verbs=shipped.words.verbs | {"blork"})
    own = quotations.vocabulary.build(replace(shipped, words=words))
    assert quotations.find(raw, body, vocabulary=own)["speaker"].tolist() == ["Ann Lee"]


def test_the_package_loads_nothing_before_it_is_used():
    code = "import sys; import usru.text.quotations; print(*sys.modules)"
    loaded = subprocess.check_output([sys.executable, "-c", code], text=True).split()
    assert not {"pandas", "usru.text.quotations.finder"} & set(loaded)


def test_a_page_without_blocks_has_no_quotations():
    assert quotations.find("", page()[1].iloc[:0]).empty


# Laws ----------------------------------------------------------------------------------------

FRAGMENTS = [
    "“We are ready,” ", '"It is late," ', "‘No, we’re not,’ ", "'Never' ", "“", "”", '"', "'", "’", "‘", "«", "»",
    "said Ann Lee. ", "he said. ", "Lavrov told Tillerson that ", "the Russian minister added: ", "according to Reuters, ",
    "the ministers’ talks ", "whom ", "as saying ", "was quoted ", ", ", ". ", ": ", " — ", "(", ") ", "\u00a0", "• ", "•",
    "Mr. ", "of ", "the ", "of the Kremlin ", "who ", "by ", "his claim ", "Dr", "U.S. ", "claim", "?", "’s ", "…", "e\u0301 ",
]  # fmt: skip
PAGES = st.lists(
    st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join), min_size=1, max_size=4
)


def check_laws(raw, body, table):
    schema.check("quotations", table, "doc_id")
    assert table["quotation"].tolist() == list(range(len(table)))
    ends = body.set_index("block")["end"].to_dict()
    starts = body.set_index("block")["start"].to_dict()
    last = -1
    for row in table.itertuples():
        assert max(last, starts[row.block]) < row.start < row.end <= ends[row.block]
        assert clean(raw[row.start : row.end]) == row.text
        assert raw[row.start - 1] in quotation_marks.QUOTATION_MARKS
        closed = raw[row.end : row.end + 1] in tuple(quotation_marks.QUOTATION_MARKS)
        rest = raw[row.end : ends[row.block]].lstrip()
        # Unclosed: to the end of its block, or to the next mark.
        assert closed or not rest or rest[0] in quotation_marks.QUOTATION_MARKS
        assert (row.form == "scare") <= (pd.isna(row.speaker) and not row.cue)
        last = row.end


@given(PAGES)
@settings(max_examples=150)
def test_spans_hold_what_they_stand_for(paragraphs):
    raw, body = page(*paragraphs)
    check_laws(raw, body, quotations.find(raw, body, KNOWN))


def test_the_laws_hold_on_the_corpus(corpus):
    for doc_id, table in corpus.quotations.groupby("doc_id"):
        body = corpus.paragraphs.query("doc_id == @doc_id")
        check_laws(
            corpus.raw(doc_id),
            body,
            table.reset_index(drop=True).drop(columns=["doc_id", *schema.PLACE]),
        )


def by_paragraph(paragraphs):
    table = quotations.find(*page(*paragraphs), KNOWN)
    return [
        [
            tuple(row)
            for row in table.loc[table["block"] == block, ["text", "speaker", "cue"]].to_numpy()
        ]
        for block in range(len(paragraphs))
    ]


def surname(speaker):
    return speaker.split()[-1]


def unquoted(text):
    for start, end in reversed(quotation_marks.spans(text)):
        text = text[:start] + text[end:]
    return text


def test_a_missing_mark_costs_at_most_its_paragraph_and_what_goes_on_from_it(corpus):
    for _, story in corpus.paragraphs.groupby("doc_id"):
        whole = story["text"].tolist()
        before = by_paragraph(whole)
        for number, text in enumerate(whole):
            for at in [i for i, sign in enumerate(text) if sign in '"“”«»']:
                after = by_paragraph(
                    [*whole[:number], text[:at] + text[at + 1 :], *whole[number + 1 :]]
                )
                for other, (old, new) in enumerate(zip(before, after, strict=True)):
                    if other == number:
                        continue
                    assert [row[0] for row in old] == [row[0] for row in new]
                    changed = {row[1] for row, now in zip(old, new, strict=True) if row != now}
                    assert not changed or other > number
                    assert not any(surname(who) in unquoted(whole[other]) for who in changed)


@pytest.mark.parametrize(
    "unit", ["“", "”", '"', "'", "‘", "’", '"a ', "“a ", "a” ", "'a ", "«", "''"]
)
def test_a_hundred_thousand_unbalanced_marks_are_read(unit):
    raw, body = page(unit * (100_000 if len(unit) == 1 else 20_000))
    check_laws(raw, body, quotations.find(raw, body))


# Floors --------------------------------------------------------------------------------------


def agreement(reference, rows):
    """Shares of a reading that were found: spans (F1), and speaker, cue and form of those."""
    left = list(rows)
    hits = []
    for wanted in reference:
        hit = next((row for row in left if row[:3] == wanted[:3]), None)
        if hit:
            left.remove(hit)
            hits.append((wanted[3:], hit[3:]))
    same = [
        sum(a[field] == b[field] for a, b in hits if field or a[0])
        for field in range(len(hits[0][0]))
    ]
    spoken = sum(bool(a[0]) for a, _ in hits)
    return (
        2 * len(hits) / (len(reference) + len(rows)),
        same[0] / spoken,
        *[n / len(hits) for n in same[1:]],
    )


def rows_of(name, lines, table):
    spoken = table["speaker"].astype(object).where(table["speaker"].notna(), "")
    return list(
        zip(
            [name] * len(table),
            lines,
            table["text"],
            spoken,
            table["form"],
            table["cue"].str.lower(),
            strict=True,
        )
    )


def test_agreement_with_readers_of_the_corpus_stays_above_its_floor(corpus):
    with (shipped() / "coding" / "reference" / "quotations.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        reference = [
            (
                row["doc_id"],
                int(row["line"]),
                row["text"],
                row["speaker"],
                row["form"],
                row["cue"].lower(),
            )
            for row in csv.DictReader(file)
        ]
    rows = []
    for doc_id, table in corpus.quotations.groupby("doc_id"):
        raw = corpus.raw(doc_id)
        rows += rows_of(doc_id, [raw.count("\n", 0, start) + 1 for start in table["start"]], table)
    spans, speaker, form, cue = agreement(reference, rows)
    assert min(spans, speaker, form, cue) >= 0.99


def test_agreement_on_unseen_pages_stays_above_its_floor():
    reference, rows = [], []
    for path in outside.pages("unseen"):
        raw = path.read_text(encoding="utf-8")
        table = quotations.find(raw, blocks.find(raw))
        lines = [raw.count("\n", 0, start) + 1 for start in table["start"]]
        rows += [row[:5] for row in rows_of(path.stem, lines, table)]
        with path.with_suffix(".quotes.csv").open(encoding="utf-8", newline="") as file:
            reference += [
                (path.stem, int(row["line"]), clean(row["text"]), row["speaker"], row["form"])
                for row in csv.DictReader(file)
            ]
    spans, speaker, form = agreement(reference, rows)
    assert (spans >= 0.99, speaker >= 0.97, form >= 0.98) == (True, True, True)


@pytest.mark.parametrize(
    ("text", "words", "speaker", "expected"),
    [
        ("He called it “useful” then.", "useful", "Ann Lee", "partial"),
        ("He said: “Useful.”", "Useful.", "Ann Lee", "direct"),
        ("He asked “is it useful?” then.", "is it useful?", "Ann Lee", "direct"),
        ("He said they “will be useful” then.", "will be useful", "Ann Lee", "partial"),
        ("He said “they will be useful” then.", "they will be useful", "Ann Lee", "direct"),
        ("He said “they will be useful” then.", "they will be useful", "", "scare"),
        ("He read “Silent River” then.", "Silent River", "Ann Lee", "scare"),
    ],
)
def test_the_form_is_told_by_the_words_and_what_stands_beside_them(text, words, speaker, expected):
    start = text.index(words)
    told = Attribution(speaker, "", alone=False, scare=False)
    assert form(text, start, start + len(words), told) == expected
