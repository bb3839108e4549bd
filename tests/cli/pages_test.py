"""Pages of `stubble board` in a real browser: pictures open large, by mouse and by keys, with no network."""

import json

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

import browser
import program


class BoardPage(browser.PageTest):
    def setUp(self):
        super().setUp()
        self.assert_output(["board", "--set", "smp.densityPerCm2=30", "--cell", "160", "--samples", "1", "--quiet",
                            "--sweep", "smp.diameterMm=0.1,0.2,0.3", "--sweep", "skin.monk=2,8", "-o", "b.html"])
        self.open("b.html")

    def shown(self):
        """The number of the picture that is open, or none."""
        if not self.browser.execute_script("return document.getElementById('view').open"):
            return None
        src = self.find("#large").get_attribute("src")
        same = [image.get_attribute("src") == src
                for image in self.browser.find_elements(By.CSS_SELECTOR, ".open img")]
        self.assertEqual(same.count(True), 1)
        self.assertEqual(self.find("#count").text, f"{same.index(True) + 1} of {len(same)}")
        return same.index(True)

    def test_mouse(self):
        self.assertIsNone(self.shown())
        self.browser.find_elements(By.CSS_SELECTOR, ".open")[1].click()
        self.assertEqual(self.shown(), 1)
        self.assertGreater(self.find("#large").size["height"], 400)
        self.assertEqual(self.find("#told .name").text, "Dot 0.2 mm · Monk 2")
        self.find("#after").click()
        self.assertEqual(self.shown(), 2)
        self.find("#before").click()
        self.find("#before").click()
        self.assertEqual(self.shown(), 0)
        self.assertEqual(self.find("#before").get_attribute("aria-disabled"), "true")
        self.assertEqual(self.find("#after").get_attribute("aria-disabled"), "false")
        self.find("#close").click()
        self.assertIsNone(self.shown())

    def test_keys(self):
        first = self.find(".open")
        self.browser.execute_script("arguments[0].focus()", first)
        self.press(Keys.ENTER)
        self.assertEqual(self.shown(), 0)
        for key, index in ((Keys.ARROW_LEFT, 0), (Keys.ARROW_RIGHT, 1), (Keys.ARROW_DOWN, 4), (Keys.ARROW_DOWN, 4),
                           (Keys.ARROW_UP, 1), (Keys.END, 5), (Keys.ARROW_RIGHT, 5), (Keys.HOME, 0),
                           (Keys.ARROW_RIGHT, 1)):
            self.press(key)
            self.assertEqual(self.shown(), index, key)
        self.press(Keys.ESCAPE)
        self.assertIsNone(self.shown())
        self.assertTrue(self.browser.execute_script(
            "return document.activeElement === document.querySelectorAll('.open')[1]"))

    def test_touch(self):
        self.find(".open").click()
        sweep = """
            const view = document.getElementById("view");
            const at = (x) => new Touch({identifier: 1, target: view, clientX: x, clientY: 200});
            view.dispatchEvent(new TouchEvent("touchstart", {touches: [at(arguments[0])]}));
            view.dispatchEvent(new TouchEvent("touchend", {changedTouches: [at(arguments[1])]}));"""
        for begin, end, index in ((600, 400, 1), (600, 580, 1), (400, 600, 0)):
            self.browser.execute_script(sweep, begin, end)
            self.assertEqual(self.shown(), index)

    def test_fits_a_narrow_screen(self):
        self.narrow()
        self.assertLessEqual(self.browser.execute_script("return document.documentElement.scrollWidth"), 360)
        self.find(".open").click()
        self.assertEqual(self.shown(), 0)
        for key in ("before", "after", "close"):
            box = self.find(f"#{key}").rect
            self.assertGreaterEqual(min(box["width"], box["height"]), 44)
            self.assertLessEqual(box["x"] + box["width"], 360)

    def test_asks_for_nothing_and_complains_of_nothing(self):
        self.find(".open").click()
        self.assert_quiet()

    def test_everything_has_a_name(self):
        WebDriverWait(self.browser, 10).until(lambda _: self.find("h1").text == "Dot diameter × skin tone")
        named = self.names()
        self.assertEqual(len(named["button"]), 6)
        for role in ("button", "heading", "image" if "image" in named else "img"):
            self.assertTrue(all(named[role]), role)
        self.assertIn("main", named)

    def test_accessible(self):
        self.assert_accessible()
        self.find(".open").click()
        self.assertEqual(self.shown(), 0)
        self.assert_accessible()

    def test_quiz_is_accessible(self):
        self.write("quiz.json", json.dumps({
            "stubble": "board", "version": 1, "name": "Name the fault", "quiz": True,
            "set": {"smp.densityPerCm2": 30},
            "pictures": [{"title": "As planned"}, {"title": "Too large", "set": {"smp.diameterMm": 0.3}}]}))
        self.assert_output(["board", "--preset", "quiz.json", "--cell", "160", "--samples", "1", "--quiet",
                            "-o", "quiz.html"])
        self.open("quiz.html")
        self.find("summary").click()
        self.assertEqual(self.find("details p").text, "As planned")
        self.assert_accessible()


if __name__ == "__main__":
    program.main()
