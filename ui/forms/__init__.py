"""Forms made of declared fields: rows are generated, pages are composed by hand."""
