"""The rules around an exported network, chosen on validation pictures.

Run it with `python -m espmedsam.calibrate` after an export: it fills in what the manifest says of
each channel (threshold, crop, presence, clean, quality) and makes the golden masks anew.
"""
