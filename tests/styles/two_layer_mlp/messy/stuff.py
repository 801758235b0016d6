import numpy as np
from collections import OrderedDict
counter=0
class Params(OrderedDict):
    """dict that also lets me write p.W"""
    def __getattr__(self,name):
        if name in self: return self[name]
        raise AttributeError(name)

def tick(msg=""):
    global counter
    counter+=1
    print("[%d] %s"%(counter,msg))
