import cPickle as pickle
import numpy as np
import os
from scipy.misc import imread

def load_CIFAR_batch(filename):
  with open(filename, 'r') as f:
    datadict = pickle.load(f)
    X = datadict['data']
    print 'loaded', filename
    return X
