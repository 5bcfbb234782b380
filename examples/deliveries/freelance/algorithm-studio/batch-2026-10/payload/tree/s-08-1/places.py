import os
def insert_place(values, wanted):
    l=0
    for v in values:
        if v >= wanted: return l
        l=l+1
    return l
