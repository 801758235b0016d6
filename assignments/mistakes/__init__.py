"""The mistakes that students make, as switches in copies of the references: one topic a file.

Each function takes `slip`, which says at each place whether a mistake is made there (`grader.diagnosis.slips`), and the
inputs of a task by their names. It returns what the reference returns, without the cache; where no mistake is made,
the very values. Nothing here is graded or handed out: it explains answers that are wrong.
"""
