"""How fast it is with 10,000 residents and 300,000 services, against the same SQL on plain SQLite in the same run.

``python -m tests.benchmarks`` prints ratios. Nothing here is a test with a time limit: machines differ, ratios less.
"""
