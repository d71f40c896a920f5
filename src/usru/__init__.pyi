from . import analysis as analysis
from . import coding as coding
from . import evaluation as evaluation
from . import figures as figures
from . import scale as scale
from . import show as show
from . import sources as sources
from . import study as study
from . import text as text
from .corpus import Corpus as Corpus
from .corpus import load as load
from .errors import DoesNotApply as DoesNotApply
from .errors import InputError as InputError
from .scale.measured import open as open
from .study.study import Study as Study

__all__ = [
    "Corpus", "DoesNotApply", "InputError", "Study", "__version__", "analysis", "coding",
    "evaluation", "figures", "load", "open", "scale", "show", "sources", "study", "text",
]  # fmt: skip

__version__: str
