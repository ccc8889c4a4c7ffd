"""Files of others to the plain text, or the rows, that a corpus keeps. One small module a format; none opens a file.

reading     a file's bytes to a document, by its ending and by what the bytes are
document    the blocks every reader gives, and the text they are kept as
plain, markdown, html, docx, pdf    the readers; flow, article, ooxml and the rooms of a PDF are theirs
encodings, mend, fonts              letters as files and fonts leave them, repaired
table, cells, columns               a table to rows, each by an actor
adding, addrows, guess, numbering   what becomes of a corpus folder; shelf, folder and entries hold and write it
"""
