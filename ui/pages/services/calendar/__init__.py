"""The calendar: a week by worker, room or resident, and the line that is typed."""
