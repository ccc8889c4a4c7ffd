"""A large corpus as a ready index on disk: storage and retrieval by Tantivy, words and ranking by rusq.

arrays       numbers and texts in files that are read where they are needed, without loading them
vocabulary   every word of the texts with its frequency, found by spelling, beginning or letters within
statements   every statement as a record, made into a `Statement` when it is asked for
postings     which statements hold which words, and the best of them for a query: the one module that knows Tantivy
plain        the same postings without Tantivy, where it is not installed
remembered   what words stood for when they were asked for before
building     statements -> a folder with all of these
stored       that folder -> an index that answers as one in memory does
cache        where the folders lie, which of them is fresh, who may build one
"""
