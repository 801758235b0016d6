from __future__ import print_function, division
from builtins import range
import numpy as np
from cs231n import optim
from cs231n.coco_utils import sample_coco_minibatch
