"""The Windows program and its Setup.exe, built, installed and tried on Debian through Wine.

Run by ``python3 installer build --windows``; inside the environment it is ``python -m installer.windows``.
"""
