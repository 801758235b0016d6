"""The declarations: what each assignment asks, with which inputs, and what it is worth. No logic, no loops."""
