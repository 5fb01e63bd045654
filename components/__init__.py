"""Laydown's rooms. Imports go one way: page → ui → map → view → catalog; web stands beside ui."""

__version__ = "0.1.0"
