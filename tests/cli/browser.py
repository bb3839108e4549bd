"""A test that opens pages in a real browser."""

import json

from selenium import webdriver
from selenium.webdriver.common.by import By

import program

AXE = program.SOURCE / "build/axe/axe.min.js"  # tools/test puts it there
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]


class PageTest(program.ProgramTest):
    @classmethod
    def setUpClass(cls):
        options = webdriver.ChromeOptions()
        for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
                         "--window-size=1100,800"):
            options.add_argument(argument)
        options.binary_location = "/usr/bin/chromium"
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        service = webdriver.chrome.service.Service("/usr/bin/chromedriver")
        cls.browser = webdriver.Chrome(service=service, options=options)

    @classmethod
    def tearDownClass(cls):
        cls.browser.quit()

    def open(self, name):
        self.browser.get_log("performance")
        self.browser.get_log("browser")
        self.browser.get((self.dir / name).as_uri())

    def find(self, selector):
        return self.browser.find_element(By.CSS_SELECTOR, selector)

    def press(self, *keys):
        for key in keys:
            self.browser.switch_to.active_element.send_keys(key)

    def narrow(self):
        """A phone's screen, for this test."""
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                                     {"width": 360, "height": 640, "deviceScaleFactor": 1, "mobile": True})
        self.addCleanup(self.browser.execute_cdp_cmd, "Emulation.clearDeviceMetricsOverride", {})

    def assert_quiet(self):
        """The page has asked for nothing but itself, and the browser complains of nothing."""
        asked = [json.loads(entry["message"])["message"] for entry in self.browser.get_log("performance")]
        urls = [message["params"]["request"]["url"] for message in asked
                if message["method"] == "Network.requestWillBeSent"]
        self.assertTrue(any(url.startswith("file:") for url in urls))
        self.assertEqual([url[:60] for url in urls if not url.startswith(("file:", "data:"))], [])
        self.assertEqual(self.browser.get_log("browser"), [])

    def assert_accessible(self):
        """axe-core finds no fault in what the page shows now, be it critical or a matter of good practice."""
        if not AXE.exists():
            self.fail("axe-core is missing: tools/test fetches it from the npm registry when there is a network")
        self.browser.execute_script(AXE.read_text())
        found = self.browser.execute_async_script(
            "axe.run(document, {runOnly: arguments[0]}).then(arguments[1])", RULES)
        self.assertTrue(found["passes"])
        self.assertEqual([f"{rule['impact']}: {node['target']}: {rule['help']}"
                          for rule in found["violations"] for node in rule["nodes"]], [])

    def names(self):
        """What a reader hears: names by role."""
        named = {}
        for node in self.browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]:
            if not node.get("ignored"):
                named.setdefault(node["role"]["value"], []).append(node.get("name", {}).get("value", ""))
        return named
