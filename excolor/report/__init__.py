"""The report of a run: a page, a short text for a pull request, and everything that was measured as JSON.

`pytest --report DIR` writes it, and `excolor report FILE.json` draws it anew.
"""
