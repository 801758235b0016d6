"""What the benchmark of gradient checkers is made of: problems, the published rules, the libraries, and ours."""
