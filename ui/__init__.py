"""The Qt window of ShelterDesk. It knows core; core does not know it."""

import ctypes
import sys

# PySide6 6.12 was built for Pythons whose None, True and False cannot die (3.12 and later): each of its methods
# without a result gives one reference to None away and each Signal.emit one to True, and on 3.11 the program ends
# after some thousand calls. A head start of 2^40 references outlasts any session.
if sys.version_info < (3, 12):
    for _constant in (None, True, False):
        ctypes.c_ssize_t.from_address(id(_constant)).value += 1 << 40
