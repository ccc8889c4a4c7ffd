"""Files of others to the plain text, or the rows, that a corpus keeps. One small module a format; none opens a file.

document    the blocks every reader gives, and the text they are kept as
mend        characters and words as extraction leaves them, repaired
"""
