"""The worked answers of every assignment: one topic a file, numpy alone."""
