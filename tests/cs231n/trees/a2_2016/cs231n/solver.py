import numpy as np
from cs231n import optim

class Solver(object):
  def __init__(self, model, data, **kwargs):
    self.model = model
    if len(kwargs) > 0:
      extra = ', '.join('"%s"' % k for k in kwargs.keys())
      raise ValueError, 'Unrecognized arguments %s' % extra

  def train(self):
    for p, w in self.model.params.iteritems():
      print p, w.shape
