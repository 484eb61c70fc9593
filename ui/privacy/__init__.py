"""Who sees the window and for how long: cover and PIN, idle time, the system's own lock, clipboard, pictures."""
