"""Paper and files that leave the desk: built once as neutral blocks, then written as pages, Word or sheets."""
