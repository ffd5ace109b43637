"""An advert read once: what stands in it, its sentences and its parts. Everything that judges asks this one value."""
