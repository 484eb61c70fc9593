"""Services: what is planned, what was given, and the forms of both."""
