"""The validator of data packages. Importing it raises the csv module's limit for the whole process: it is put back."""

import csv
import importlib
from typing import Any, Final

_LIMIT = csv.field_size_limit()
importlib.import_module("frictionless.formats.csv.parser")
validate: Final[Any] = importlib.import_module("frictionless").validate
csv.field_size_limit(_LIMIT)
