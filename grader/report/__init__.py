"""What people read: terminal, Markdown, and the rubric. Pure functions of a result document."""
