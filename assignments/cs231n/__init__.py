"""CS231n's layers, losses, nets and update rules: declared once, asked by the assignments of the course."""
