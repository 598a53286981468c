"""Danışma: the front desk and kiosk of a municipality."""

__version__ = "0.1.0"
