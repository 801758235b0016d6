"""softmax_classifier and two_layer_mlp with less time a call: what waits for a limit waits less long."""

import os
from dataclasses import replace
from importlib import import_module

from grader.limits import Limits

_FULL = import_module(f"assignments.{os.environ.get('HOSTILE_ASSIGNMENT', 'softmax_classifier')}").ASSIGNMENT
ASSIGNMENT = replace(_FULL, limits=Limits(call_s=1.0, load_s=1.5, submission_s=20.0))
