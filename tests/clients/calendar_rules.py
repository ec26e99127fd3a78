"""What every calendar must keep to, byte by byte: the rows I, C, T and P of the requirements that the
parsers we run do not notice. Importing a module of rules registers its checks."""

import event_rules  # noqa: F401
import header_rules  # noqa: F401
import identity_rules  # noqa: F401
import zone_rules  # noqa: F401
from calendar_checks import CHECKS

__all__ = ["CHECKS"]
