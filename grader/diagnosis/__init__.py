"""Naming the mistake: what it is called, what shows it, and how it is explained."""
