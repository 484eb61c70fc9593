"""What every shift must know, on the start page of those who open no records: name by name, in a few words."""

from __future__ import annotations

from shelterdesk import alerts
from shelterdesk.access import Right
from shelterdesk.i18n import _
from ui.pages.today_cards import TodayCard
from ui.safety_words import alert_icon, alert_words
from ui.seat import Seat
from ui.widgets.rows import Row, RowShape


class HeedCard(TodayCard):
    """Hidden where the record itself tells it."""

    def __init__(self, seat: Seat) -> None:
        words = _("Nothing is put down about anybody who lives here.")
        super().__init__(seat, _("What every shift must know"), "heed", words, RowShape(height=30))
        self.finish()
        desk = seat.desk
        self.is_needed = desk.may(Right.SEE_HOUSE) and not desk.may(Right.SEE_RECORDS)
        self.setVisible(self.is_needed)

    def refresh(self) -> None:
        """Read everything anew."""
        if not self.is_needed:
            return
        rows: list[Row] = []
        for person, standing, lines in alerts.alerts_in_house(self.seat.desk):
            rows.append(Row(self.seat.masked(person.shown), header=True, sensitive=True))
            rows += [
                Row(
                    alert_words(one, self.seat),
                    one.id,
                    icon=alert_icon(one.kind),
                    icon_tint="attention",
                    lines=3,
                    sensitive=True,
                )
                for one in standing
            ]
            rows += [
                Row(self.seat.masked(line.strip()), (person.id, line), icon="info", lines=3, sensitive=True)
                for line in lines.splitlines()
                if line.strip()
            ]
        self.show_rows(rows)
