"""Drives a built program as a person would: with the keyboard, and by reading what is on the screen.

Nothing here knows the inside of the program. What it looks at is what anybody sees, on Linux and through Wine alike;
a program that shows no letters, or the wrong ones, fails.
"""
