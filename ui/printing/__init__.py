"""Documents as pages: on the screen, on paper and as PDF. The layout is the same in all three."""
