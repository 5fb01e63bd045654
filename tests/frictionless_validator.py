"""The validator of data packages. Importing it raises the csv module's limit for the whole process: it is put back."""

import csv
import importlib
from typing import Any


def validate(*given: Any, **more: Any) -> Any:
    """Call frictionless' ``validate``, which is imported by who validates: that takes half a second."""
    limit = csv.field_size_limit()
    importlib.import_module("frictionless.formats.csv.parser")
    validated = importlib.import_module("frictionless").validate
    csv.field_size_limit(limit)
    return validated(*given, **more)
