"""Many adverts: where they are found, how they are checked in order, and the lines that come out."""
