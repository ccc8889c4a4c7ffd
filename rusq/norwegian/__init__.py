"""Norwegian text to words that can be compared: tokens, inflection, compounds. Knows no statements and no files.

tokens      text -> words with spans, one spelling for one word, suspended compounds completed
inflection  word -> keys that all forms of the same word share
compounds   word -> the words it is put together of
language    what is said of the language in data/norwegian.toml, as one record
"""
