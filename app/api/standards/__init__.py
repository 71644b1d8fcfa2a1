"""Contracts that others wrote, a package each. They translate, and hold no rule."""
