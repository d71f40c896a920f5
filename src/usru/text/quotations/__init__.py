"""The quotations of a page: `find` gives the words between marks, who said them, and how.

1. marks: `quotation_marks` finds the spans between them, and each becomes one token of its row;
2. clauses: `_clauses` finds the verbs and nouns that report, beside the quotations of a sentence;
3. phrases: `_noun_phrases` finds the subject of each, by its place and form, and its head;
4. entities: `_names` and `_coreference` find whom it means, in the light of the `_discourse`;
5. speaker: `_attribution` chooses the clause of a quotation, and `finder` tells its form.

What a text says of people is known by the words of the `vocabulary` only.
"""

import lazy_loader

# The public names are in __init__.pyi, for type checkers and for this.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
