"""Set-up, checks and packages: everything around the product that is not the product.

Run as ``python3 installer COMMAND``; nothing here but the standard library, until the environment stands.
"""
