"""An advert and its places: read from any format, cleaned with a map to its source, edited, written whole."""
