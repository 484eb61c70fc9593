"""The house book: what one shift hands over to the next, and what every shift keeps.

Everybody with the key of the house reads it. Complaints and ideas are the exception: each is sealed to the people
it is for, see ``feedback``.
"""
