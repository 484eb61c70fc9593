"""Work and training: placements by stage, check-ins, partners."""
