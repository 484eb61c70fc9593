"""Tables of records made of declared fields."""
