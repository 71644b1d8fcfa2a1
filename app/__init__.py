"""Yian: one backend for disability services, from the application to the confirmed service."""
