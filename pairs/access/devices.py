"""A browser and its device in plain words, as far as the browser says: "Firefox on Windows"."""

UNKNOWN_DEVICE = "Unknown browser"
# In this order: most browsers also name the ones that they are like.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "Chromebook"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def describe_device(user_agent: str) -> str:
    """Words for a User-Agent header; nothing else of it is kept."""
    browser = next((words for mark, words in BROWSERS if f"{mark}/" in user_agent), "")
    system = next((words for mark, words in SYSTEMS if mark in user_agent), "")
    return " on ".join(filter(None, [browser, system])) or UNKNOWN_DEVICE
