"""What happened: opened on purpose and with a reason, one topic folded below the other."""
