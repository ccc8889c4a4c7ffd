"""rusq: who has said what about Norwegian drug policy, word for word, and where."""

__version__ = "0.1.0"
