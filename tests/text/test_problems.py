"""What is wrong with a page is named, with its line and its mend, and never guessed away."""

import re

import pytest

from usru.text import blocks, problems

STORY = (
    "Talks in Lund\n\nThe minister said in Lund on Monday that she would stay for the talks.\n\n"
    "She will leave on Friday, as she told those who had come to the town hall.\n"
)


def found(raw):
    return [str(problem) for problem in problems.find(raw, blocks.find(raw))]


def test_a_page_as_it_should_be_has_no_problem(corpus):
    for doc_id in corpus.documents["doc_id"]:
        assert found(corpus.raw(doc_id)) == []
    assert found(STORY) == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("â€œWe will stay,â€\x9d she said.", "is UTF-8 that was read as windows-1252"),
        (
            "“We will stay,” she said. â€œWe will,â€\x9d he said.",
            "is UTF-8 that was read as windows-1252",
        ),
        ("вЂњWe will stay,вЂќ she said.", "is UTF-8 that was read as windows-1251"),
        ("It was the ministerâ€™s last word.", "is UTF-8 that was read as windows-1252"),
        ("The cafÃ© of the town hall was closed.", "is UTF-8 that was read as"),
        ("It costs Â£5 to cross the bridge.", "is UTF-8 that was read as"),
        ("\x93We will stay,\x94 she said.", "is windows-1252 that was read as latin-1"),
        ("&ldquo;We will stay,&rdquo; she said.", "holds HTML entities"),
        ("It&#8217;s late, she said.", "holds HTML entities"),
        ("\ufffdWe will stay,\ufffd she said.", "holds � where a character was lost"),
    ],
)
def test_text_that_was_decoded_wrongly_is_named_with_its_line(line, told):
    [problem] = found(STORY + "\n" + line + "\n")
    assert problem.startswith("line 7: ")
    assert told in problem
    assert "save the page again" in problem


def test_each_way_in_which_marks_were_lost_is_named_once():
    lost = [
        "â€œNo,â€\x9d she said.",
        "\x93No,\x94 she said.",
        "&ldquo;No,&rdquo; she said.",
        "&quot;No,&quot; he said.",
    ]
    told = found(STORY + "\n" + "\n\n".join(lost) + "\n")
    assert [problem.split(":")[0] for problem in told] == ["line 7", "line 9", "line 11"]
    assert all("decoded" in problem for problem in told)


@pytest.mark.parametrize(
    "line",
    [
        "“We will stay,” she said – at last; it’s late…",
        "The café of the naïve façade in Ångström, Âbo and São João was closed.",
        "Research & development at AT&T; profits at Smith&Sons; Q&A.",
        "В Бонне встретились министры.",
        "The price is 5 € or £4, and 20°.",
    ],
)
def test_text_in_other_letters_is_no_damage(line):
    assert found(STORY + "\n" + line + "\n") == []


NEXIS = """
                               {n} of 2 DOCUMENTS

                                  Lund Gazette

Ministers meet over harbour plan

LENGTH: 55 words

The minister met her Danish colleague in Lund on Monday to talk about the harbour.

They spoke for four hours, and then they went to see the ferry in the old port.
"""


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (NEXIS.format(n=1) + NEXIS.format(n=2), 14),
        (STORY + "\nLENGTH: 30 words\n\n" + STORY + "\nLENGTH: 40 words\n", 15),
        (f"Document 1 of 2\n\n{STORY}\nDocument 2 of 2\n\n{STORY}", 9),
        (f"{STORY}\nRecord Number: 12\n\n{STORY}\nRecord Number: 13\n", 15),
        (f"{STORY}\nDocument LUGA000020100112e61c0000a\n\n{STORY}\nDocument LUGA000020100113e61c0000b\n", 15),
        (f"{STORY}\nLoad-Date: May 3, 2017\n\nEnd of Document\n\n{STORY}\nLoad-Date: May 4, 2017\n\nEnd of Document\n", 17),
    ],
    ids=["nexis", "lengths", "proquest", "newsbank", "factiva", "new-nexis"],
)  # fmt: skip
def test_an_export_of_several_articles_is_named(raw, line):
    assert f"line {line}: a second article is recorded here" in "\n".join(found(raw))
    assert "divide it into one file for each article" in "\n".join(found(raw))


def test_one_article_of_an_export_is_no_problem():
    assert found(NEXIS.format(n=1)) == []
    # Counters of a gallery, and a table of bridges.
    assert found(STORY + "\n1 of 2\n\n2 of 2\n\nLength: 40 m\n\nLength: 50 m\n") == []
    assert (
        found(STORY + "\nPage 1 of 2\n\n1 of the 2 documents was signed in Lund on Monday.\n") == []
    )


def test_a_page_without_a_story_says_what_was_taken_for_what():
    [problem] = found("Menu\n\nHome\n\nSports\n")
    assert re.match(
        r"line 1: no paragraph of a story was found; its blocks were taken for nav", problem
    )
    assert 'layout = "article"' in problem


def test_a_long_page_of_suspect_signs_is_looked_at_in_bounded_time():
    assert found(STORY + "\n" + ("Ângela Ã Â " * 20 + "\n\n") * 3000) is not None
