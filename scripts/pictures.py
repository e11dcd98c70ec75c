"""Take the pictures of the how-tos from the example: docs/bilder/*.png.

python scripts/pictures.py ADDRESS USER PASSWORD

The desk must be running with the example (make demo prints address, user and password).
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "bilder"
TENANT = "/intern/09473/"
PICTURES = {
    "heute": "",
    "bestand": "bestand/",
    "eintrag": "eintrag/structure/neu/",
    "analyse": "analyse/",
    "plan": "plan/",
}
SIZE = {"width": 1280, "height": 800}


def main(base: str, user: str, password: str) -> None:
    """Sign in and take one picture of each page."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--headless", "--no-sandbox"]
        )
        page = browser.new_page(viewport=SIZE, locale="de-DE")
        page.goto(f"{base}/anmelden/")
        page.fill("#id_login", user)
        page.fill("#id_password", password)
        page.keyboard.press("Enter")
        page.wait_for_url("**/intern/**")
        for name, path in PICTURES.items():
            page.goto(base + TENANT + path)
            page.wait_for_load_state("networkidle")
            page.screenshot(path=FOLDER / f"{name}.png")
            print(f"{name}.png: {page.title()}")
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
