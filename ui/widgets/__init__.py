"""Small parts pages are built from. They know how things look and move, never what they mean."""
