"""Many submissions: run, store, gradebook."""
