"""Pages made of widgets only, with invented people: for pictures and for tests of the widgets."""
