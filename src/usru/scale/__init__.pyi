from . import articles as articles
from . import clusters as clusters
from . import measured as measured
from . import measuring as measuring
from . import reuse as reuse
from .measured import Measured as Measured
from .measured import open as open
from .measuring import measure as measure

__all__ = ["Measured", "articles", "clusters", "measure", "measured", "measuring", "open", "reuse"]
