"""The first step of both packaged programs: the modules lie in one archive beside the libraries, for both of them."""

import sys

import pyimod02_importers  # pyright: ignore[reportMissingImports] - exists in packaged programs only

# The importers that stand already keep this object, so it is opened anew in its place.
pyimod02_importers.pyz_archive.__init__(f"{vars(sys)['_MEIPASS']}/modules.pyz", check_pymagic=True)
