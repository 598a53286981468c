"""Measurements with their limits: what ``desk bench`` runs. Nothing here is needed to do the work of the desk."""
