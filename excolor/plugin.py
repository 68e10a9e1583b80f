"""What pytest finds of excolor, by the name by which it is left out: `-p no:excolor`.

A plugin is known by the name of its module too. So this one is nothing but that name, and has pytest load the others:
`-p no:excolor.verdicts` leaves them out as well, and whoever names `excolor.verdicts` does not load it twice.
"""

pytest_plugins = "excolor.verdicts"
