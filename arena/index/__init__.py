"""The index: what lies in a folder of runs, in a file of its own, so that listing and filtering take no time.

It is derived: whatever it says stands in the runs as well. It is brought up to date whenever it is asked, by the sizes,
times and inodes of files, and made anew where it is gone, damaged, or another version's.
"""
