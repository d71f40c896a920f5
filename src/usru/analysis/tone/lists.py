"""The word lists: three published ones, each with its library's own numbers, and one of news."""

import re
from functools import cache, lru_cache
from typing import Any

from usru.analysis.tone import _textblob, _vader, news
from usru.analysis.tone.instruments import Defect, Instrument, Instruments, Steps, Term

__all__ = ["INSTRUMENTS"]


# NRC -------------------------------------------------------------------------------------------

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@lru_cache(maxsize=2**16)
def _nrc_sign(word: str) -> int:
    """1 for a positive word, -1 for a negative one, 0 for both and for neither."""
    key = word.lower().replace("’", "'").removesuffix("'s")
    lexicon = _nrc()
    lexicon.load_token_list([key])
    affects = lexicon.affect_dict.get(key, [])
    return ("positive" in affects) - ("negative" in affects)


@cache
def _nrc() -> Any:
    from nrclex import NRCLex

    return NRCLex()


def _nrc_score(text: str) -> float:
    """Net tone: positive less negative words, as a share of all words."""
    words = _WORD.findall(text)
    return sum(map(_nrc_sign, words)) / (len(words) or 1)


def _nrc_reasons(text: str) -> tuple[list[Term], Steps]:
    words = list(_WORD.finditer(text))
    signs = [float(_nrc_sign(word[0])) for word in words]
    pairs = zip(words, signs, strict=True)
    terms = [Term(*word.span(), word[0], sign, sign, False, "") for word, sign in pairs if sign]
    net = float(sum(signs))
    share = net / (len(words) or 1)
    return terms, (("sum of weights", net), (f"divided by all words, {len(words)}", share))


# The instruments -------------------------------------------------------------------------------

_TITLES = (
    r"\bUnited (?:States|Nations|Kingdom|Russia)\b|\b[Ff]oreign (?:[Mm]inist|[Ss]ecretar|[Oo]ffice|"
    r"[Pp]olic|[Aa]ffairs)|\b(?:Security Council|White House|President|Cold War|Great Britain)\b"
)

INSTRUMENTS = Instruments({
    "textblob": Instrument(
        "textblob",
        "TextBlob's pattern list: mean polarity of the adjectives and adverbs that it knows",
        "De Smedt, T., & Daelemans, W. (2012). Pattern for Python. Journal of Machine Learning"
        " Research 13, 2063-2067.",
        _textblob.score, has_subjectivity=True, explainer=_textblob.reasons, label="TextBlob", language="en",
        defects=(
            Defect("contraction", "a contracted not does not negate",
                   r"(?i)n['’]t\b", "The mood isn't good.", 0.7),
            Defect("cannot", "cannot does not negate",
                   r"(?i)\bcannot\b", "They cannot agree on a good plan.", 0.7),
            Defect("other negation", "words that deny without not, no or never do not negate",
                   r"(?i)\b(?:hardly|barely|scarcely|without|neither|nor|none|nobody|nothing|lack\w*"
                   r"|fail\w*)\b", "Hardly a good meeting.", 0.7),
            Defect("distant negation", "an unknown word between not and a known one ends the negation",
                   r"(?i)\b(?:not|no|never)\s+[^\W\d_]{2,}",
                   "The talks did not bring good results.", 0.7),
            Defect("amount", "words of amount and order count as praise or blame",
                   r"(?i)\b(?:more|most|many|much|first|new|top|few|less|little)\b",
                   "More sanctions will follow.", 0.5),
            Defect("title", "a word within a title or name counts",
                   _TITLES, "He met the foreign minister.", -0.125),
            Defect("noun and verb", "most nouns and verbs are unknown, however grave",
                   r"(?i)\b(?:war|wars|crisis|crises|attack\w*|sanction\w*|threat\w*|tension\w*"
                   r"|hope\w*|peace|trust|cooperat\w*|agree\w*)\b", "The crisis led to war.", 0.0),
        ),
    ),
    "vader": Instrument(
        "vader",
        "VADER: summed valences of words as rated by people, with rules for negation and emphasis",
        "Hutto, C. J., & Gilbert, E. (2014). VADER: a parsimonious rule-based model for sentiment"
        " analysis of social media text. Proceedings of ICWSM 8, 216-225.",
        _vader.score, explainer=_vader.reasons, label="VADER", language="en",
        defects=(
            Defect("curly contraction", "a contracted not with a curly apostrophe does not negate",
                   r"(?i)n’t\b", "The mood isn’t good.", 0.4404),
            Defect("title", "a word within a title or name counts",
                   _TITLES + r"|\b(?:Justice|Defen[cs]e|Peace|Security|Trust|Freedom) (?:[A-Z]\w+)",
                   "He flew to the United States.", 0.4215),
            Defect("curly quotation", "a word beside a curly quotation mark is unknown",
                   r"[“‘]\w|\w[.,!?]?[”]", "He spoke of “hope”.", 0.0),
            Defect("dash", "words joined by a dash or slash are one word, which is unknown",
                   r"\w[—–/…]\w|\w--\w|\w\.\.\.\w", "They spoke of war—again.", 0.0),
            Defect("all but", "the first but turns the sentence, also where it means except",
                   r"(?i)\b(?:all|nothing|anything|none|no one) but\b",
                   "All but one praised the talks.", 0.6486),
            Defect("like", "like counts as liking, also where it compares",
                   r"(?i)\blike\b", "Like Russia, Syria sent a minister.", 0.3612),
        ),
    ),
    "nrc": Instrument(
        "nrc", "NRC list of associations: positive less negative words, as a share of all words",
        "Mohammad, S. M., & Turney, P. D. (2013). Crowdsourcing a word-emotion association lexicon."
        " Computational Intelligence 29(3), 436-465; net tone as in Young, L., & Soroka, S. (2012)."
        " Affective news: the automated coding of sentiment in political texts. Political"
        " Communication 29(2), 205-231.",
        _nrc_score, explainer=_nrc_reasons, label="the NRC list", language="en",
        defects=(
            Defect("negation", "nothing negates",
                   r"(?i)\b(?:not?|never|cannot|without|neither|nor|none|nothing|hardly)\b|n['’]t\b",
                   "The mood is not good.", 0.2),
            Defect("inflection", "words count as listed; plurals and past forms are mostly unknown",
                   r"(?i)\b[^\W\d_]{3,}(?:s|ed|ing)\b", "Wars and crises followed.", 0.0),
            Defect("title", "a word within a title or name counts",
                   _TITLES, "He met the foreign minister.", -0.2),
        ),
    ),
    "news": Instrument(
        "news",
        "News list: weights of words in lower case, learned from labelled sentences of political news",
        "Made here, as its card in data/tone says, from Hamborg, F., & Donnay, K. (2021). NewsMTSC: a"
        " dataset for (multi-)target-dependent sentiment classification in political news articles."
        " Proceedings of EACL 2021, 1663-1675.",
        news.score, explainer=news.reasons, label="the news list", language="en",
        defects=(
            Defect("capital", "a word with a capital counts nothing, so most headlines have no tone",
                   r"^\W*(?:[A-Z][\w'’]*\W+){4}", "Senator Accused Of Lying To Court", 0.0),
            Defect("target", "whom a word praises or blames is not told",
                   r"(?i)\b(?:accus|blam|critici[sz]|attack|condemn|defeat|prais|thank)\w*",
                   "The honest mayor condemned the fraud.", -0.526821),
            Defect("comparison", "a comparison that praises counts as denied",
                   r"(?i)(?:\b(?:not|never)|n['’]t)(?: \w+){0,2} (?:better|more|\w+ier|\w+nger)\b",
                   "She could not be happier.", -0.172389),
            Defect("diplomacy", "words of diplomacy are few in what it was learned from",
                   r"(?i)\b(?:d[ée]tente|rapprochement|d[ée]marche|communiqu[ée]|counter-?sanction\w*"
                   r"|moratori\w+|normali[sz]ation)\b",
                   "A détente and a rapprochement began.", 0.0),
        ),
    ),
})  # fmt: skip
"""The instruments by name. To add one, put an `Instrument` here, or a function that takes a text and
returns its polarity, alone or with its subjectivity."""
