"""Results to sheets, one module a kind of result: what people read, before it has a width or a format."""
