# stuff i use in both files
import numpy as np

CALLS = {}          # how often did i call things? (for my own debugging)
DEBUG=True

def log(name,*what):
    CALLS[name]=CALLS.get(name,0)+1
    if DEBUG: print("***",name,"call no",CALLS[name],*what)

def stable(row):
    row=np.array(row); m=row.max()
    e=np.exp(row-m)
    return e/e.sum()
