"""Benchmarks of what DESIGN.md promises, each against a yardstick of the same run: `python -m bench [NAME ...]`."""
