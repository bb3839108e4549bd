"""stubble board: bad sweeps are refused before any work; pictures, pages and tables agree with the other commands."""

import csv
import html.parser
import json
import signal
import struct
import subprocess

import program
from render_test import text_chunks

# Few dots and small pictures: these tests are about files and figures.
FAST = ["--set", "smp.densityPerCm2=30", "--cell", "160", "--samples", "1", "--quiet"]
SWEEP = ["--sweep", "smp.diameterMm=0.1,0.3", "--sweep", "skin.monk=2,8"]


class Options(program.ProgramTest):
    def assert_bad(self, args, message, code=2):
        self.assert_refused(["board", "-o", "b.png", *args], code, message)

    def test_nothing_to_do(self):
        self.assert_refused(["board", *SWEEP], 2, "expected --output, --csv or --json\nSee stubble board --help.")
        self.assert_bad([], "expected --sweep KEY=V1,V2,… or --preset NAME (`stubble board --presets` lists them)\n"
                            "See stubble board --help.")

    def test_sweeps(self):
        for sweep, message in (
                ("smp.densityPerCm=1", "smp.densityPerCm: unknown key, did you mean smp.densityPerCm2?"),
                ("skin.monk", "skin.monk: expected KEY=V1,V2,…"),
                ("skin.monk=", "skin.monk: expected at least one value"),
                ("skin.monk=1,,2", "skin.monk=1,,2: value 2 is empty"),
                ("skin.monk=3,99", "value 2 of 2: skin.monk: found the number 99, expected a whole number from 1 to 10"),
                ("seed=" + ",".join(map(str, range(300))), "300 = 300 pictures, expected at most 256")):
            self.assert_bad(["--sweep", sweep], f"--sweep {message}")

    def test_size(self):
        for cell in ("100", "5000", "512x", "x512", "512x99", "big"):
            self.assert_bad([*SWEEP, "--cell", cell],
                            f"--cell {cell}: expected PIXELS or WIDTHxHEIGHT, each from 128 to 4096")
        self.assert_bad(["--cell", "2048", "--sweep", "skin.monk=1,2,3,4,5,6,7,8,9,10", "--columns", "10"],
                        "--cell 2048x2048: the board would have 22068 x 3837 pixels, expected at most 16384 a side")

    def test_view(self):
        self.assert_bad([*SWEEP, "--camera", "fornt"], "--camera fornt: unknown, did you mean front?")
        self.assert_bad([*SWEEP, "--crop", "0,0,2,1"],
                        "--crop 0,0,2,1: expected left, top, width, height as shares of the picture, inside 0 to 1, "
                        "sides of at least 0.02")
        self.assert_bad([*SWEEP, "--distance-cm", "90"],
                        "--distance-cm 90: is the observer's, it needs --mismatch")
        self.assert_bad([*SWEEP, "--mismatch", "--distance-cm", "9"],
                        "--distance-cm 9: expected a number from 20 to 500")
        self.assert_bad([*SWEEP, "--samples", "0"], "--samples 0: expected a whole number from 1 to 4096")
        self.assert_bad([*SWEEP, "--columns", "17"], "--columns 17: expected a whole number from 1 to 16")
        self.assert_bad([*SWEEP, "--paper", "a5"], "--paper a5: unknown, did you mean a4?")

    def test_outputs(self):
        self.assert_refused(["board", *SWEEP, "-o", "b.jpg"], 2,
                            "b.jpg: unknown kind of output, expected a name that ends in .png or .pdf or .html")
        self.assert_refused(["board", *SWEEP, "--csv", "none/b.csv"], 74,
                            "none/b.csv: cannot be written: none is not a folder")

    def test_presets(self):
        self.assert_bad(["--preset", "dot-sise"], "dot-sise: unknown board, did you mean dot-size? "
                                                  "(`stubble board --presets` lists them)")
        self.write("mine.json", '{"stubble": "board", "version": 1, "name": "M", "sweep": [{"key": "seed"}]}')
        self.assert_bad(["--preset", "mine.json"],
                        "mine.json: sweep[0].values: found nothing, expected a list of values", 65)
        names = [line.split("  ")[0] for line in self.assert_output(["board", "--presets"]).splitlines()]
        listed = json.loads(self.assert_output(["board", "--presets", "--json"]))
        self.assertEqual([board["name"] for board in listed], names)
        self.assertIn("common-mistakes", names)

    def test_a_picture_that_cannot_be_baked_is_named(self):
        done = self.run_stubble("board", *FAST, "-o", "b.png", "--sweep", "grafts.count=0,10000")
        self.assertEqual(done.returncode, 65)
        self.assertRegex(done.stderr.decode(), r"^stubble: picture 2 of 2 \(Grafts count 10000\): grafts\.count: 10000 "
                                               r"grafts, but the donor area can give \d+")
        self.assertEqual(self.files(), [])


class Elements(html.parser.HTMLParser):
    """Start tags with their attributes, and the text of the script that holds data."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.data, self._in_data = [], "", False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._in_data = tag == "script" and ("id", "board") in attrs

    def handle_endtag(self, tag):
        self._in_data = False

    def handle_data(self, data):
        if self._in_data:
            self.data += data

    def all(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]


class Boards(program.ProgramTest):
    def test_figures_are_those_of_place(self):
        done = json.loads(self.assert_output(["board", *FAST, *SWEEP, "--csv", "b.csv", "-o", "b.pdf", "--json"]))
        self.assertEqual((done["columns"], done["rows"], done["blocks"]), (2, 2, 1))
        with open(self.dir / "b.csv", newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual([(row["smp.diameterMm"], row["skin.monk"]) for row in rows],
                         [("0.1", "2"), ("0.3", "2"), ("0.1", "8"), ("0.3", "8")])
        printed = subprocess.run(["pdftotext", "-layout", "b.pdf", "-"], cwd=self.dir, capture_output=True,
                                 check=True).stdout.decode()
        for picture, row in zip(done["pictures"], rows):
            settings = [part for setting in picture["settings"] for part in ("--set", setting)]
            stats = json.loads(self.assert_output(["place", *FAST[:2], *settings, "--stats", "--json", "--quiet"]))["stats"]
            for name, same in (("dots", "dots"), ("treatedCm2", "areaCm2"), ("dotsPerCm2", "dotsPerCm2"),
                               ("coverage", "coverage"), ("darkening", "darkening")):
                self.assertEqual(picture[name], stats[same], name)
                self.assertEqual(json.loads(row[name]), stats[same], name)
            text = self.assert_output(["place", *FAST[:2], *settings, "--stats", "--quiet"])
            per_cm2 = text.splitlines()[0].split()[-2]
            shares = [word for word in text.splitlines()[-1].split() if word[0].isdigit()]
            self.assertIn(per_cm2, printed)
            for share in shares:
                self.assertIn(f"{share} %", printed)
        self.assertIn("Simulation, not a photograph", printed)
        for title in ("Dot 0.1 mm", "Dot 0.3 mm", "Monk 2", "Monk 8"):
            self.assertIn(title, printed)

    def test_picture_says_how_it_was_made_and_comes_again(self):
        args = ["board", *FAST, *SWEEP, "-o", "b.png", "--seed", "7"]
        self.assert_output(args)
        first = (self.dir / "b.png").read_bytes()
        text = text_chunks(first)
        self.assertIn("not a photograph", text["Description"])
        self.assertEqual(json.loads(text["Design"])["seed"], 7)
        self.assertEqual([sweep["key"] for sweep in json.loads(text["Board"])["sweeps"]],
                         ["smp.diameterMm", "skin.monk"])
        width, height = struct.unpack(">II", first[16:24])
        self.assertGreater(width, 2 * 160)
        self.assertGreater(height, 2 * 160)
        self.assert_output(args)
        self.assertEqual((self.dir / "b.png").read_bytes(), first)
        self.assertEqual(self.files(), ["b.png"])

    def test_pages_of_a_pdf_are_blocks_and_come_again(self):
        args = ["board", *FAST, *SWEEP, "--sweep", "time.days=30,365", "-o", "b.pdf", "--paper", "letter"]
        self.assert_output(args)
        first = (self.dir / "b.pdf").read_bytes()
        about = subprocess.run(["pdfinfo", "b.pdf"], cwd=self.dir, capture_output=True, check=True).stdout.decode()
        self.assertRegex(about, r"Pages: +2\n")
        self.assertRegex(about, r"Page size: +612(\.\d+)? x 792(\.\d+)? pts|Page size: +792(\.\d+)? x 612(\.\d+)? pts")
        self.assertIn("not a photograph", about)
        pages = subprocess.run(["pdftotext", "b.pdf", "-"], cwd=self.dir, capture_output=True,
                               check=True).stdout.decode().split("\f")
        self.assertIn("Day 30", pages[0])
        self.assertIn("Day 365", pages[1])
        self.assert_output(args)
        self.assertEqual((self.dir / "b.pdf").read_bytes(), first)

    def test_page_stands_alone(self):
        self.assert_output(["board", *FAST, *SWEEP, "-o", "b.html"])
        page = (self.dir / "b.html").read_text()
        elements = Elements(page)
        self.assertNotRegex(page, r"https?://|\{\{")
        images = [image for image in elements.all("img") if "src" in image]
        self.assertEqual(len(images), 4)
        for image in images:
            self.assertTrue(image["src"].startswith("data:image/png;base64,"))
            self.assertRegex(image["alt"], r"^Simulated scalp, three-quarter view: Dot 0\.[13] mm · Monk [28]; dots ")
        self.assertEqual(len([b for b in elements.all("button") if b.get("class") == "open"]), 4)
        self.assertTrue(all(button.get("type") == "button" for button in elements.all("button")))
        self.assertIn("default-src 'none'", elements.all("meta")[2]["content"])
        data = json.loads(elements.data)
        self.assertEqual(len(data["pictures"]), 4)

    def test_quiz_keeps_its_answers(self):
        self.write("quiz.json", json.dumps({
            "stubble": "board", "version": 1, "name": "Which <b>is</b> it?", "quiz": True, "columns": 2,
            "pictures": [{"title": "Large & dark", "set": {"smp.diameterMm": 0.4}}, {"title": "Fine"}]}))
        args = ["board", "--preset", "quiz.json", *FAST]
        self.assert_output([*args, "-o", "b.pdf", "--csv", "b.csv"])
        read = lambda: subprocess.run(["pdftotext", "b.pdf", "-"], cwd=self.dir, capture_output=True,
                                      check=True).stdout.decode()
        self.assertNotIn("Large", read())
        self.assertIn("A,Large & dark,", (self.dir / "b.csv").read_text())
        self.assert_output([*args, "-o", "b.pdf", "--answers"])
        self.assertIn("Large & dark", read())
        self.assert_output([*args, "-o", "b.html"])
        page = (self.dir / "b.html").read_text()
        self.assertIn("<h1>Which &lt;b&gt;is&lt;/b&gt; it?</h1>", page)
        self.assertIn("<summary>Answer</summary><p>Large &amp; dark</p>", page)
        self.assertNotIn("Large", " ".join(image.get("alt", "") for image in Elements(page).all("img")))

    def test_own_design_under_a_ready_board(self):
        self.write("mine.json", '{"stubble": "design", "version": 1, "skin": {"monk": 9}}')
        done = json.loads(self.assert_output(
            ["board", "mine.json", "--preset", "session-by-session", *FAST, "--csv", "b.csv", "--json"]))
        self.assertEqual(done["design"]["skin"]["monk"], 9)
        self.assertEqual(done["pictures"][0]["dots"], 0)
        with open(self.dir / "b.csv", newline="") as file:
            first = next(csv.DictReader(file))
        self.assertEqual((first["dots"], first["dotsPerCm2"], first["coverage"]), ("0", "", ""))

    def test_stopped_by_a_signal(self):
        env = dict(self.env, STUBBLE_PROGRESS="lines")
        for stop, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            child = subprocess.Popen([program.STUBBLE, "board", *SWEEP, "-o", "b.png"], cwd=self.dir, env=env,
                                     stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
            for line in child.stderr:
                if line.startswith(b"progress") and b"picture 1 of 4" in line:
                    break
            child.send_signal(stop)
            child.stderr.read()
            child.stderr.close()
            self.assertEqual(child.wait(timeout=60), code)
            self.assertEqual(self.files(), [])

    def test_full_device(self):
        self.assert_refused(["board", *FAST, "--sweep", "skin.monk=2", "--csv", "/dev/full"], 74,
                            "/dev/full: cannot be written: No space left on device")


if __name__ == "__main__":
    program.main()
