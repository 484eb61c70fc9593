"""Steps of which one is shown; the others take no room, so that none makes another scroll."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget


class Steps(QWidget):
    """Shows the first step that is added until another is wanted."""

    def __init__(self, *steps: QWidget) -> None:
        super().__init__()
        self._steps = steps
        self._current = steps[0]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for step in steps:
            layout.addWidget(step)
        self.show_step(steps[0])

    def current(self) -> QWidget:
        """Return the step that is shown."""
        return self._current

    def show_step(self, wanted: QWidget) -> None:
        """Show *wanted* in the place of the others."""
        self._current = wanted
        for step in self._steps:
            step.setVisible(step is wanted)
