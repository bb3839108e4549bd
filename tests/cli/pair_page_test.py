"""The pages of `stubble pair` and `stubble plan` in a real browser: mouse, touch, keys, a narrow screen, no network."""

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

import browser
import program

FAST = ["--set", "smp.densityPerCm2=30", "--set", "hair.densityPerCm2=60", "--quiet"]


class PairPage(browser.PageTest):
    def setUp(self):
        super().setUp()
        self.assert_output(["pair", *FAST, "--samples", "1", "--size", "320x360", "-o", "pair.html"])
        self.open("pair.html")

    def divider(self):
        """Per cent of the width, as drawn and as a reader hears it."""
        line, pair = self.find("#line").rect, self.find("#pair").rect
        drawn = 100 * (line["x"] + line["width"] / 2 - pair["x"]) / pair["width"]
        heard = self.find("#slider").get_attribute("aria-valuetext")
        self.assertEqual(heard, f"{self.find('#slider').get_property('value')} % before")
        self.assertAlmostEqual(drawn, float(heard.split()[0]), delta=1)
        return drawn

    def test_mouse(self):
        self.assertAlmostEqual(self.divider(), 50, delta=1)
        pair = self.find("#pair")
        width = pair.rect["width"]
        drag = ActionChains(self.browser).move_to_element(pair).click_and_hold()
        drag.move_by_offset(int(0.3 * width), 9).release().move_by_offset(-40, 0).perform()
        self.assertAlmostEqual(self.divider(), 80, delta=1)  # and not where the mouse went when let go
        ActionChains(self.browser).move_to_element_with_offset(pair, int(-0.3 * width), 0).click().perform()
        self.assertAlmostEqual(self.divider(), 20, delta=1)

    def test_keys(self):
        self.press(Keys.TAB)
        self.assertEqual(self.browser.switch_to.active_element.get_attribute("id"), "slider")
        self.press(Keys.ARROW_LEFT)
        self.assertAlmostEqual(self.divider(), 49, delta=1)
        self.press(Keys.HOME)
        self.assertAlmostEqual(self.divider(), 0, delta=0.5)
        self.press(Keys.END)
        self.assertAlmostEqual(self.divider(), 100, delta=0.5)

    def test_touch(self):
        pair = self.find("#pair").rect
        at = lambda share: [{"x": pair["x"] + share * pair["width"], "y": pair["y"] + 60}]
        for kind, points in (("touchStart", at(0.5)), ("touchMove", at(0.6)), ("touchMove", at(0.75)), ("touchEnd", [])):
            self.browser.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        self.assertAlmostEqual(self.divider(), 75, delta=1.5)

    def test_names_and_quiet(self):
        named = self.names()
        self.assertEqual(named["slider"], ["Divider between before and after"])
        images = named.get("image", []) + named.get("img", [])
        self.assertEqual(images, ["Before the treatment, three-quarter view, studio light",
                                  "After the treatment, three-quarter view, studio light"])
        self.assert_quiet()
        self.assert_accessible()

    def test_fits_a_narrow_screen(self):
        self.narrow()
        self.assertLessEqual(self.browser.execute_script("return document.documentElement.scrollWidth"), 360)


class PlanPage(browser.PageTest):
    def test_reads_on_any_screen(self):
        self.assert_output(["plan", *FAST, "--no-blending", "-o", "plan.html"])
        self.open("plan.html")
        named = self.names()
        self.assertEqual(named["heading"], ["Treatment plan", "Keeping it natural", "While it heals", "Zones", "Sessions",
                                            "The hairline's place", "Advice on this design"])
        self.assertTrue(all(named["columnheader"]))
        self.assertTrue(all(named.get("image", []) + named.get("img", [])))
        self.assert_quiet()
        self.assert_accessible()
        self.narrow()
        self.assertLessEqual(self.browser.execute_script("return document.documentElement.scrollWidth"), 360)
        self.assert_accessible()


if __name__ == "__main__":
    program.main()
