"""stuff i use everywhere (see notebook)"""
import sys, os, glob, time, random, math, platform
import numpy as np

DEBUG = False
COUNT = {"calls": 0}

def log(*args):
    COUNT["calls"] += 1
    if DEBUG:
        print("[debug]", *args, file=sys.stderr)

def flat(x):
    return x.reshape(x.shape[0], -1)

def windows(H, W, hh, ww, s):
    for i in range(0, H - hh + 1, s):
        for j in range(0, W - ww + 1, s):
            yield i // s, j // s, slice(i, i + hh), slice(j, j + ww)

class Cache(dict):
    __getattr__ = dict.__getitem__
