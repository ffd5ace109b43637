"""`python -m inclusive_ads_web` writes the API's description, for docs/openapi.json."""

import sys

from inclusive_ads_web.app import create_app
from inclusive_ads_web.openapi import published
from inclusive_ads_web.settings import WebSettings, new_key

sys.stdout.write(published(create_app(WebSettings(api_keys={"example": new_key()[1]}))))
