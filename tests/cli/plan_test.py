"""stubble plan: the sheet's scale measured in the PDF itself, its figures held against `place`, faults exact."""

import html.parser
import json
import math
import random
import re
import struct
import subprocess
import zlib

import program

FAST = ["--no-blending", "--quiet"]
# Few dots: these tests are about sheets.
LIGHT = ["--set", "smp.densityPerCm2=30", *FAST]
MM = 25.4 / 72


class Pdf:
    """What cairo draws: each page's filled boxes and stroked lines in mm, y down."""

    def __init__(self, data):
        self.data = data
        objects = {int(m[1]): m for m in re.finditer(rb"(\d+) 0 obj\s(.*?)endobj", data, re.S)}
        self.pages = []
        for number in self._kids(objects):
            page = objects[number][2]
            content = int(re.search(rb"/Contents (\d+) 0 R", page)[1])
            box = [float(x) for x in re.search(rb"/MediaBox \[ *([^\]]*)\]", page)[1].split()]
            body = objects[content][2]
            length = re.search(rb"/Length (\d+)( 0 R)?", body)
            size = int(length[1]) if not length[2] else int(objects[int(length[1])][2])
            start = body.index(b"stream") + len(b"stream")
            start += 2 if body[start:start + 2] == b"\r\n" else 1
            self.pages.append(Page(zlib.decompress(body[start:start + size]).decode("latin-1"), box))

    def _kids(self, objects):
        kids = next(m[2] for m in objects.values() if b"/Type /Pages" in m[2])
        return [int(n) for n in re.findall(rb"(\d+) 0 R", re.search(rb"/Kids \[(.*?)\]", kids, re.S)[1])]


class Page:
    def __init__(self, content, box):
        self.widthMm, self.heightMm = (box[2] - box[0]) * MM, (box[3] - box[1]) * MM
        self.boxes, self.lines = [], []
        self._read(content)

    def _place(self, x, y):
        a, b, c, d, e, f = self.matrix
        return (a * x + c * y + e) * MM, self.heightMm - (b * x + d * y + f) * MM

    def _read(self, content):
        self.matrix, stack, width, ink = (1, 0, 0, 1, 0, 0), [], 1, None
        numbers, path, box = [], [], None
        for token in re.sub(r"\[.*?\]|\(.*?\)|<.*?>", " ", content, flags=re.S).split():
            if re.fullmatch(r"[-+]?[\d.]+", token):
                numbers.append(float(token))
                continue
            n, numbers = numbers, []
            if token == "q":
                stack.append((self.matrix, width, ink))
            elif token == "Q":
                self.matrix, width, ink = stack.pop()
            elif token == "cm":
                a, b, c, d, e, f = n
                A, B, C, D, E, F = self.matrix
                self.matrix = (a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D,
                               e * A + f * C + E, e * B + f * D + F)
            elif token == "w":
                width = n[0]
            elif token in ("rg", "RG", "g", "G"):
                ink = tuple(n)
            elif token in ("m", "l", "c"):
                path.append(self._place(*n[-2:]))
            elif token == "re":
                corners = (self._place(n[0], n[1]), self._place(n[0] + n[2], n[1] + n[3]))
                box = (*map(min, *corners), *map(max, *corners))
            elif token in ("f", "f*", "S", "n", "W", "B"):
                if token.startswith("f") and box:
                    self.boxes.append((box, ink))
                if token == "S" and path:
                    self.lines.append((width * abs(self.matrix[0]) * MM, path))
                if token != "W":
                    path, box = [], None


def rough_scan(folder):
    """The built-in head as a scanner has it: turned, and every vertex off by up to 0.15 mm."""
    data = (program.SOURCE / "assets/heads/mannequin.ply").read_bytes()
    header, body = data.split(b"end_header\n", 1)
    names = re.findall(rb"property (\w+) (\w+)\n", header.split(b"element face")[0])
    layout = struct.Struct("<" + "".join({b"float": "f", b"uchar": "B"}[kind] for kind, _ in names))
    count = int(re.search(rb"element vertex (\d+)", header)[1])
    noise = random.Random(3)
    vertices = bytearray(body[:count * layout.size])
    for i in range(0, len(vertices), layout.size):
        values = list(layout.unpack_from(vertices, i))
        x, y, z = (value + noise.uniform(-0.15, 0.15) for value in values[:3])
        values[:3] = x, -z, y
        layout.pack_into(vertices, i, *values)
    (folder / "scan.ply").write_bytes(header + b"end_header\n" + vertices + body[count * layout.size:])
    return "scan.ply"


def length(places):
    return sum(math.dist(a, b) for a, b in zip(places, places[1:]))


def stroked(page, width_mm):
    return [places for width, places in page.lines if abs(width - width_mm) < 0.01]


def template_of(plan):
    """The hairline's places on paper, y up, and on the head."""
    columns = plan["hairline"]["template"]["columns"]
    rows = [dict(zip(columns, row)) for row in plan["hairline"]["template"]["rows"]]
    return ([(r["paperXMm"], r["paperYMm"]) for r in rows],
            [(r["headXMm"], r["headYMm"], r["headZMm"]) for r in rows])


def origin_on(page, paper):
    """Where the line's midpoint is on a page that draws it."""
    (line,) = stroked(page, 0.6)
    return line[0][0] - paper[0][0], line[0][1] + paper[0][1]


def distance_to(line, place):
    nearest = math.inf
    for a, b in zip(line, line[1:]):
        along = (b[0] - a[0], b[1] - a[1])
        square = along[0] ** 2 + along[1] ** 2
        share = 0 if square == 0 else ((place[0] - a[0]) * along[0] + (place[1] - a[1]) * along[1]) / square
        share = min(max(share, 0), 1)
        nearest = min(nearest, math.dist(place, (a[0] + share * along[0], a[1] + share * along[1])))
    return nearest


class Refusals(program.ProgramTest):
    def test_options(self):
        self.assert_refused(["plan"], 2, "expected --output\nSee stubble plan --help.")
        self.assert_refused(["plan", "-o", "p.pdf", "--paper", "a5"], 2,
                            "--paper a5: unknown, did you mean a4?")
        self.assert_refused(["plan", "-o", "p.pdf", "--camera", "topp"], 2, "--camera topp: unknown, did you mean top?")
        self.assert_refused(["plan", "-o", "p.doc"], 2, "p.doc: unknown kind of output, expected a name that ends in"
                            " .pdf or .html or .json")
        self.assert_refused(["plan", "-o", "none/p.pdf"], 74, "none/p.pdf: cannot be written: none is not a folder")
        self.write("design.json", '{"stubble": "design", "version": 1}')
        self.assert_refused(["plan", "design.json", "-o", "design.json"], 2,
                            "design.json: is an input too, choose another name for the output")
        self.assert_refused(["plan", "missing.json", "-o", "p.pdf"], 65, "missing.json: cannot be read: No such file"
                            " or directory")

    def test_full_device(self):
        self.assert_refused(["plan", *LIGHT, "-o", "/dev/full"], 74,
                            "/dev/full: cannot be written: No space left on device")


class Figures(program.ProgramTest):
    def plan(self, *args):
        return json.loads(self.assert_output(["plan", "-o", "-", *FAST, *args]))

    def test_agree_with_place(self):
        design = ["--set", "smp.densityPerCm2=60", "--set", "time.sessionGapDays=28", "--set", "smp.sessions=4"]
        plan = self.plan(*design)
        placed = json.loads(self.assert_output(["place", *design, "--stats", "--json", "--quiet"]))
        self.assertEqual(plan["totals"]["dots"], placed["impressions"])
        self.assertEqual([s["dots"] for s in plan["sessions"]], placed["impressionsPerSession"])
        self.assertEqual([s["day"] for s in plan["sessions"]], [0, 28, 56, 84])
        self.assertEqual(sum(z["dots"] for z in plan["zones"]), placed["impressions"])
        self.assertAlmostEqual(sum(z["areaCm2"] for z in plan["zones"]), plan["totals"]["areaCm2"], delta=0.2)
        self.assertAlmostEqual(plan["totals"]["hoursLeast"], 2 * placed["impressions"] / 14000, places=2)
        self.assertEqual(plan["blending"], {"measured": False, "reason": "it was left out when this sheet was made"})
        self.assertEqual(plan["design"]["smp"]["sessions"], 4)

    def test_low_hairline_is_advised_on_first(self):
        plan = self.plan("--set", "hairline.heightMm=50", "--set", "hairline.featherMm=2")
        rules = [(note["severity"], note["rule"]) for note in plan["advice"]]
        self.assertEqual(rules[0], ("warning", "hairline.low"))
        self.assertIn(("hint", "hairline.sharp"), rules)
        self.assertAlmostEqual(plan["hairline"]["glabellaToMidpointMm"], 50, delta=0.5)

    def test_no_pigment(self):
        plan = self.plan("--set", "smp.enabled=false")
        self.assertEqual((plan["totals"]["dots"], plan["zones"]), (0, []))

    def test_blending_is_what_mismatch_says(self):
        design = ["--preset", "matched-buzz"]
        plan = json.loads(self.assert_output(["plan", "-o", "-", "--quiet", *design]))
        found = json.loads(self.assert_output(["mismatch", *design, "--json", "--quiet"]))
        for key in ("upToMm", "clipEveryDays", "growthMmPerDay", "toldAtRazorLength"):
            self.assertEqual(plan["blending"][key], found["blending"][key], key)

    def test_nothing_lost_is_said_and_no_fault(self):
        plan = json.loads(self.assert_output(["plan", "-o", "-", "--quiet", "--set", "hair.norwood=none",
                                              "--set", "smp.blendMm=0"]))
        self.assertFalse(plan["blending"]["measured"])


class Sheet(program.ProgramTest):
    def sheets(self, *args):
        """The PDF and the figures of one design."""
        self.assert_output(["plan", "-o", "plan.pdf", *LIGHT, *args])
        self.assert_output(["plan", "-o", "plan.json", *LIGHT, *args])
        return Pdf((self.dir / "plan.pdf").read_bytes()), json.loads((self.dir / "plan.json").read_text())

    def assert_true_to_scale(self, pdf, plan):
        template = [page for page in pdf.pages if stroked(page, 0.6)]
        self.assertGreaterEqual(len(template), 1)
        paper, head = template_of(plan)
        for page in template:
            bars = [box for box, ink in page.boxes if set(ink) == {0} and box[3] - box[1] < 3]
            self.assertEqual(len(bars), 1)
            self.assertAlmostEqual(bars[0][2] - bars[0][0], 50, delta=0.2)
            # The whole line is drawn on every page, which shows its part.
            (line,) = stroked(page, 0.6)
            self.assertAlmostEqual(length(line) / length(head), 1, delta=0.01)
            origin = origin_on(page, paper)
            for x, y in paper:
                self.assertLess(distance_to(line, (origin[0] + x, origin[1] - y)), 0.05)
        # Every centimetre of it agrees with the head, too.
        ratios = [length(paper[k:k + 21]) / length(head[k:k + 21]) for k in range(0, len(head) - 20, 20)]
        for ratio in ratios:
            self.assertAlmostEqual(ratio, 1, delta=0.01)
        print(f"check bar {bars[0][2] - bars[0][0]:.3f} mm; PDF / head: whole line {length(line) / length(head):.5f}, "
              f"worst centimetre off by {100 * max(abs(ratio - 1) for ratio in ratios):.3f} %")
        return template

    def test_scale_on_the_built_in_head(self):
        pdf, plan = self.sheets()
        pages = self.assert_true_to_scale(pdf, plan)
        self.assertEqual(len(pages), 2)
        for page in pdf.pages:
            self.assertAlmostEqual(min(page.widthMm, page.heightMm), 210, delta=0.1)
            self.assertAlmostEqual(max(page.widthMm, page.heightMm), 297, delta=0.1)
        # Each piece of the line is inside the printed part of a page.
        paper, _ = template_of(plan)
        seen = set()
        for page in pages:
            x0, y0 = origin_on(page, paper)
            seen |= {k for k, (x, y) in enumerate(paper)
                     if 16 <= x0 + x <= page.widthMm - 16 and 34 <= y0 - y <= page.heightMm - 26}
        self.assertEqual(len(seen), len(paper))

    def test_scale_on_a_scan_and_on_letter_paper(self):
        rough = rough_scan(self.dir)
        pdf, plan = self.sheets("--head", rough, "--paper", "letter", "--set", "hairline.style=receded")
        self.assert_true_to_scale(pdf, plan)
        self.assertAlmostEqual(pdf.pages[0].widthMm, 215.9, delta=0.1)

    def test_midline_arm_is_as_long_as_the_skin(self):
        pdf, plan = self.sheets("--set", "hairline.heightMm=82")
        # Ticks across the arm, from the glabella up, 10 mm apart; the arm is whole on one page.
        whole = []
        for page in (page for page in pdf.pages if stroked(page, 0.6)):
            middle = origin_on(page, template_of(plan)[0])
            ticks = sorted((a[1] for _, (a, *rest) in page.lines if len(rest) == 1 and abs(a[1] - rest[0][1]) < 0.01
                            and abs(abs(a[0] - rest[0][0]) - 4.4) < 0.02
                            and abs((a[0] + rest[0][0]) / 2 - middle[0]) < 0.02), reverse=True)
            if 16 + 9 <= middle[0] <= page.widthMm - 16 - 9:
                whole.append((ticks, middle))
        (ticks, middle), = whole
        self.assertEqual(len(ticks), 9)
        for lower, upper in zip(ticks, ticks[1:]):
            self.assertAlmostEqual(lower - upper, 10, delta=0.02)
        self.assertAlmostEqual(ticks[0] - middle[1], plan["hairline"]["glabellaToMidpointMm"], delta=0.1)

    def test_the_same_bytes_again(self):
        for name in ("plan.pdf", "plan.html", "plan.json"):
            self.assert_output(["plan", "-o", name, *LIGHT])
            first = (self.dir / name).read_bytes()
            self.assert_output(["plan", "-o", name, *LIGHT])
            self.assertEqual((self.dir / name).read_bytes(), first, name)
        self.assertEqual(self.files(), ["plan.html", "plan.json", "plan.pdf"])

    def test_words_in_the_pdf(self):
        self.write("design.json", json.dumps({"stubble": "design", "version": 1, "name": "Zoë & <Sam>"}))
        self.assert_output(["plan", "design.json", "-o", "plan.pdf", *LIGHT])
        words = subprocess.run(["pdftotext", "-layout", "plan.pdf", "-"], cwd=self.dir, stdout=subprocess.PIPE,
                               check=True).stdout.decode()
        for said in ("Zoë & <Sam>", "This bar is 50 mm long", "Zones", "Sessions", "Water : pigment", "Front edge",
                     "day 21", "Glabella", "Recess apex", "not a medical device", "Page 1 of 4"):
            self.assertIn(said, words)
        info = subprocess.run(["pdfinfo", "plan.pdf"], cwd=self.dir, stdout=subprocess.PIPE, check=True).stdout.decode()
        self.assertRegex(info, r"Title: +Zoë & <Sam>")
        self.assertIn('"densityPerCm2": 30', info)


class HtmlPage(html.parser.HTMLParser):
    """Tags, addresses and headings of a page."""

    def __init__(self, text):
        super().__init__()
        self.open, self.addresses, self.headings, self.alts = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.addresses += [attrs[a] for a in ("src", "href", "srcset") if a in attrs]
        if tag == "img":
            self.alts.append(attrs.get("alt"))
        if tag not in ("img", "meta"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        pass  # of drawings

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag

    def handle_data(self, data):
        if self.open and self.open[-1] in ("h1", "h2"):
            self.headings.append(data)


class Html(program.ProgramTest):
    def test_needs_nothing_else(self):
        self.write("design.json", json.dumps({"stubble": "design", "version": 1, "name": "A <b> & \"c\" </script>"}))
        self.assert_output(["plan", "design.json", "-o", "plan.html", *LIGHT])
        text = (self.dir / "plan.html").read_text()
        page = HtmlPage(text)
        self.assertEqual(page.open, [])
        self.assertTrue(page.addresses and all(a.startswith("data:image/png;base64,") for a in page.addresses))
        self.assertNotRegex(text, r"https?://(?!www\.w3\.org)|@import|url\(")
        self.assertTrue(all(page.alts))
        self.assertEqual("".join(page.headings[:1]), "A <b> & \"c\" </script>")
        for heading in ("Zones", "Sessions", "While it heals", "Advice on this design"):
            self.assertIn(heading, page.headings)
        self.assertIn("not a medical device", text)
        design = re.search(r'<script type="application/json" id="design">(.*?)</script>', text, re.S)[1]
        self.assertEqual(json.loads(design)["name"], "A <b> & \"c\" </script>")


if __name__ == "__main__":
    program.main()
