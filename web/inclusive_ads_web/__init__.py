"""The page and the HTTP API of inclusive-ads."""

from inclusive_ads_web.app import create_app
from inclusive_ads_web.server import serve
from inclusive_ads_web.settings import WebSettings, key_line, new_key

__all__ = ["WebSettings", "create_app", "key_line", "new_key", "serve"]
