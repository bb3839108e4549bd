"""Which graphics device: what info lists, --egl-device and --require-gpu of every command that renders."""

import json
import pathlib

import program

FAST = ["--set", "smp.densityPerCm2=5", "--set", "hair.densityPerCm2=5", "--quiet"]
# Every command that renders, without an output.
COMMANDS = (["render", *FAST, "--size", "96x64", "--samples", "1", "-o", "out.png"],
            ["mismatch", *FAST, "--report", "out.json"])


class Graphics(program.ProgramTest):
    def info(self):
        return json.loads(self.assert_output(["info", "--json"]))["openGl"]

    def put_dead_device_first(self):
        """EGL's list now begins with a device that cannot be opened."""
        folder = pathlib.Path(program.STUBBLE).parents[1] / "egl-with-dead-device"
        self.assertTrue((folder / "libEGL.so.1").exists(), "built with the tests")
        self.env["LD_LIBRARY_PATH"] = str(folder)

    def test_info_lists_every_device(self):
        gpu = self.info()
        self.assertTrue(gpu["works"], gpu.get("error"))
        devices = gpu["devices"]
        self.assertEqual([device["index"] for device in devices], [*range(len(devices) - 1), None])
        chosen = [device for device in devices if device["chosen"]]
        self.assertEqual(len(chosen), 1)
        for key in ("renderer", "vendor", "version", "software"):
            self.assertEqual(chosen[0][key], gpu[key])
        self.assertEqual(chosen[0]["name"], gpu["platform"])
        if not gpu["software"]:
            return
        self.assertTrue(all(device["software"] for device in devices if device["works"]), "a card comes first")

    def test_info_as_text(self):
        text = self.assert_output(["info"])
        for device in self.info()["devices"]:
            if device["works"]:
                line = f"{device['name']}: {device['renderer']}, {device['vendor']}"
                line += (", software" if device["software"] else "") + (", chosen" if device["chosen"] else "")
            else:
                line = f"{device['name']}: cannot be used: {device['error']}"
            self.assertIn(line + "\n", text)

    def test_a_device_that_cannot_be_opened_is_told_and_passed_over(self):
        before = self.info()
        self.put_dead_device_first()
        after = self.info()
        why = "eglGetPlatformDisplayEXT failed with EGL_BAD_ACCESS (/dev/dri/renderD999: No such file or directory)"
        self.assertEqual(after["devices"][0],
                         {"index": 0, "name": "EGL device 0", "works": False, "error": why, "chosen": False})
        self.assertEqual(len(after["devices"]), len(before["devices"]) + 1)
        self.assertEqual(after["renderer"], before["renderer"])
        self.assertIn(f"EGL device 0: cannot be used: {why}\n", self.assert_output(["info"]))
        for args in COMMANDS:
            self.assert_refused([*args, "--egl-device", "0"], 69,
                                f"no OpenGL 4.5 core context could be made; tried:\n  EGL device 0: {why}")
        self.assert_output([*COMMANDS[0], "--egl-device", "1"])
        self.assert_output(COMMANDS[0])

    def test_no_device_at_all(self):
        self.env["__EGL_VENDOR_LIBRARY_FILENAMES"] = "/none"
        gpu = self.info()
        self.assertFalse(gpu["works"])
        self.assertFalse(any(device["works"] for device in gpu["devices"]))
        self.assertIn("OpenGL: none: ", self.assert_output(["info"]))
        for args in COMMANDS:
            done = self.run_stubble(*args)
            self.assertEqual(done.returncode, 69)
            self.assertIn(b"no OpenGL 4.5 core context could be made; tried:\n  EGL surfaceless: ", done.stderr)

    def test_device_that_is_not_listed(self):
        count = len(self.info()["devices"]) - 1
        listed = f"EGL lists {count} device{'' if count == 1 else 's'}, counted from 0"
        for args in COMMANDS:
            for index in (count, -1, 999):
                self.assert_refused([*args, "--egl-device", str(index)], 2, f"--egl-device {index}: {listed}")

    def test_require_gpu(self):
        gpu = self.info()
        if not gpu["software"]:
            self.assert_output([*COMMANDS[0], "--require-gpu"])
            return
        tried = "".join(f"\n  {device['name']}: {device['renderer']}, software" for device in gpu["devices"])
        for args in COMMANDS:
            self.assert_refused([*args, "--require-gpu"], 69,
                                f"--require-gpu: no graphics card with OpenGL 4.5 core was found; tried:{tried}")


if __name__ == "__main__":
    program.main()
