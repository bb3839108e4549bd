"""The page of `stubble turntable`: it holds the frames and needs nothing else; turned by mouse, touch and keys."""

import base64
import json
import re
import subprocess

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

import browser
import program
from stills_test import png_rows

SIZE = 200
FAST = ["--set", "smp.densityPerCm2=30", "--set", "hair.densityPerCm2=60", "--samples", "1", "--size", f"{SIZE}x{SIZE}",
        "--quiet"]


class Page(program.ProgramTest):
    def test_holds_all(self):
        self.write("design.json", json.dumps({"stubble": "design", "version": 1, "name": "</script><b>"}))
        make = ["turntable", "design.json", *FAST, "--frames", "3", "--light", "clinic", "-o", "t.html"]
        self.assert_output(make)
        first = (self.dir / "t.html").read_bytes()
        text = first.decode()
        self.assertNotIn("{{", text)
        frames = [base64.b64decode(p) for p in re.findall(r'src="data:image/jpeg;base64,([^"]*)"', text)]
        self.assertEqual(len(set(frames)), 3)
        # The first is what render gives, as far as JPEG tells it.
        self.write("f.jpg", frames[0])
        shown = subprocess.run(["ffmpeg", "-v", "error", "-i", self.dir / "f.jpg", "-f", "rawvideo", "-pix_fmt", "rgb24",
                                "-"], check=True, stdout=subprocess.PIPE).stdout
        self.assert_output(["render", "design.json", *FAST, "--light", "clinic", "-o", "still.png"])
        still = b"".join(png_rows((self.dir / "still.png").read_bytes())[1])
        self.assertEqual(len(shown), len(still))
        deltas = [b - a for a, b in zip(still, shown)]
        self.assertLess(sum(map(abs, deltas)) / len(deltas), 2)
        for k in range(3):
            self.assertLess(abs(sum(deltas[k::3])) / (len(deltas) / 3), 0.5, "no colour shifts")
        # Nothing is fetched, and the policy says so, too.
        self.assertNotRegex(text, r"https?://|@import|url\(")
        self.assertIn("default-src 'none'", text)
        self.assertNotIn("<b>", text)
        design = re.search(r'<script type="application/json" id="design">(.*?)</script>', text, re.S)[1]
        self.assertEqual(json.loads(design)["name"], "</script><b>")
        self.assert_output(make)
        self.assertEqual((self.dir / "t.html").read_bytes(), first)


class InBrowser(browser.PageTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.page = None

    def setUp(self):
        super().setUp()
        if InBrowser.page is None:
            self.assert_output(["turntable", *FAST, "--frames", "12", "-o", "t.html"])
            InBrowser.page = (self.dir / "t.html").read_bytes()
        self.write("t.html", InBrowser.page)
        self.open("t.html")
        self.head = self.find("#head")

    def turned(self):
        """Degrees, as shown and as a reader hears them."""
        shown = [image.is_displayed() for image in self.head.find_elements(By.TAG_NAME, "img")]
        self.assertEqual((len(shown), shown.count(True)), (12, 1))
        degrees = 30 * shown.index(True)
        self.assertEqual(self.head.get_attribute("aria-valuenow"), str(degrees))
        self.assertEqual(self.head.get_attribute("aria-valuetext"), f"turned by {degrees} degrees")
        return degrees

    def pixels(self, share):
        """Of a drag by a share of the picture's height, which turns by 240 degrees."""
        return round(share * self.head.rect["height"])

    def test_mouse(self):
        self.assertEqual(self.turned(), 0)
        # The skin goes along to the right, and stays when let go.
        drag = ActionChains(self.browser).move_to_element(self.head).click_and_hold()
        drag.move_by_offset(self.pixels(0.25), 5).release().move_by_offset(-50, 0).perform()
        self.assertEqual(self.turned(), 60)
        drag = ActionChains(self.browser).move_to_element(self.head).click_and_hold()
        drag.move_by_offset(-self.pixels(0.2), 0).move_by_offset(-self.pixels(0.3), 0).release().perform()
        self.assertEqual(self.turned(), 300)
        self.assertEqual(self.browser.switch_to.active_element, self.head)
        ActionChains(self.browser).move_to_element(self.head).context_click().perform()
        self.assertEqual(self.turned(), 300)

    def test_keys(self):
        self.press(Keys.TAB)
        self.assertEqual(self.browser.switch_to.active_element, self.head)
        for key, degrees in ((Keys.ARROW_RIGHT, 30), (Keys.ARROW_UP, 60), (Keys.ARROW_LEFT, 30), (Keys.ARROW_DOWN, 0),
                             (Keys.ARROW_LEFT, 330), (Keys.ARROW_RIGHT, 0), (Keys.PAGE_UP, 90), (Keys.PAGE_UP, 180),
                             (Keys.PAGE_DOWN, 90), (Keys.END, 330), (Keys.HOME, 0), ("x", 0)):
            self.press(key)
            self.assertEqual(self.turned(), degrees, key)

    def test_touch(self):
        head = self.head.rect
        at = lambda share: [{"x": head["x"] + head["width"] / 2 + share * head["height"], "y": head["y"] + 90}]
        for kind, points in (("touchStart", at(0)), ("touchMove", at(-0.1)), ("touchMove", at(-0.25)), ("touchEnd", [])):
            self.browser.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        self.assertEqual(self.turned(), 300)

    def test_names_and_quiet(self):
        self.assertEqual(self.names()["slider"], ["Turn of the head, three-quarter view, studio light at the start"])
        limits = [self.head.get_attribute(f"aria-value{end}") for end in ("min", "max")]
        self.assertEqual(limits, ["0", "330"])
        self.assert_quiet()
        self.assert_accessible()
        self.press(Keys.TAB, Keys.ARROW_RIGHT)
        self.assert_accessible()

    def test_fits_a_narrow_screen(self):
        self.narrow()
        self.assertLessEqual(self.browser.execute_script("return document.documentElement.scrollWidth"), 360)
        self.assertGreater(self.head.rect["width"], 300)


if __name__ == "__main__":
    program.main()
