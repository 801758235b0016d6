"""The texts of the catalogue, a file a theme."""
