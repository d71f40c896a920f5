"""The quotations of a page: `find` gives the words between marks, who said them, and how.

Each part of the way has its module:

1. marks: `quotation_marks` finds the spans between them, and each becomes one token of its row;
2. clauses: `clauses` finds the verbs and nouns that report, beside the quotations of a sentence;
3. phrases: `noun_phrases` finds the subject of each, by its place and form, and its head;
4. entities: `names` and `coreference` find whom the phrase means, in the light of the `discourse`;
5. speaker: `attribution` chooses the clause that a quotation belongs to, and `finder` tells its form.

What a text says of people is known by the words of the `vocabulary` only; what is known at a
sentence (who spoke last, whom the text is about) is one `discourse.Discourse` that all share.
"""

import lazy_loader

# The public names are in __init__.pyi, for type checkers and for this.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
