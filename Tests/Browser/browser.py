"""Headless Chromium, driven over the DevTools protocol by one WebSocket."""

import base64
import json
import os
import shutil
import subprocess
import tempfile
import time

from websockets.sync.client import connect

PATIENCE = 10.0

KEYS = {
    "Enter": (13, "\r"), "Escape": (27, ""), "Tab": (9, ""), "ArrowUp": (38, ""),
    "ArrowDown": (40, ""), "ArrowLeft": (37, ""), "ArrowRight": (39, ""), "Home": (36, ""),
    "End": (35, ""), "Delete": (46, ""), "Backspace": (8, ""),
}
MODIFIERS = {"Alt": 1, "Control": 2, "Meta": 4, "Shift": 8}

# Reports what the content security policy stopped, where the test can read it.
WATCH = """
window.__violations = [];
addEventListener('securitypolicyviolation', (event) => {
    window.__violations.push(`${event.violatedDirective} ${event.blockedURI}`);
});
"""


class Timeout(AssertionError):
    """What a test waited for did not come."""


class Browser:
    """One Chromium process with a profile that is thrown away."""

    def __init__(self):
        self.profile = tempfile.mkdtemp(prefix="martlet-browser-")
        program = next(filter(None, map(
            shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
        if program is None:
            raise SystemExit("No Chromium found: apt-get install chromium")
        arguments = [
            program, "--headless=new", "--remote-debugging-port=0", "--no-first-run",
            "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
            "--force-prefers-reduced-motion", "--hide-scrollbars", "--lang=en-GB",
            f"--user-data-dir={self.profile}", "about:blank",
        ]
        if os.geteuid() == 0:
            # Chromium's sandbox refuses to work for root, which is who runs in containers.
            arguments.insert(1, "--no-sandbox")
        self.process = subprocess.Popen(
            arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.socket = connect(self._address(), max_size=None, open_timeout=20)
        self.next_id = 0
        self.pages = {}

    def _address(self):
        path = os.path.join(self.profile, "DevToolsActivePort")
        end = time.monotonic() + 30
        while time.monotonic() < end:
            if os.path.exists(path):
                with open(path, encoding="utf-8") as file:
                    lines = file.read().splitlines()
                if len(lines) == 2:
                    return f"ws://127.0.0.1:{lines[0]}{lines[1]}"
            time.sleep(0.05)
        raise SystemExit("Chromium did not start.")

    def call(self, method, session=None, **parameters):
        self.next_id += 1
        frame = {"id": self.next_id, "method": method, "params": parameters}
        if session:
            frame["sessionId"] = session
        self.socket.send(json.dumps(frame))
        while True:
            message = json.loads(self.socket.recv(timeout=30))
            if message.get("id") == self.next_id:
                if "error" in message:
                    raise AssertionError(f"{method}: {message['error']['message']}")
                return message["result"]
            self._event(message)

    def _event(self, message):
        page = self.pages.get(message.get("sessionId"))
        if page:
            page.event(message["method"], message["params"])

    def page(self, url, width=1280, height=800):
        """A tab with cookies and storage of its own."""
        context = self.call("Target.createBrowserContext")["browserContextId"]
        return self.tab(context, url, width, height)

    def tab(self, context, url, width=1280, height=800):
        target = self.call(
            "Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
        session = self.call(
            "Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = Page(self, session, context, target)
        self.pages[session] = page
        for domain in ("Page", "Runtime", "Log", "Network"):
            page.call(f"{domain}.enable")
        page.call("Page.addScriptToEvaluateOnNewDocument", source=WATCH)
        # A tab behind another is still one that somebody looks at.
        page.call("Emulation.setFocusEmulationEnabled", enabled=True)
        page.resize(width, height)
        page.go(url)
        return page

    def close(self):
        try:
            self.call("Browser.close")
            self.process.wait(10)
        except Exception:
            self.process.kill()
            self.process.wait(10)
        shutil.rmtree(self.profile, ignore_errors=True)


class Page:
    """One tab: scripts, mouse, keyboard, network."""

    def __init__(self, browser, session, context, target):
        self.browser = browser
        self.session = session
        self.context = context
        self.target = target
        self.errors = []

    def call(self, method, **parameters):
        return self.browser.call(method, self.session, **parameters)

    def event(self, method, parameters):
        if method == "Runtime.exceptionThrown":
            details = parameters["exceptionDetails"]
            text = details.get("exception", {}).get("description", details["text"])
            self.errors.append(f"exception: {text}")
        elif method == "Runtime.consoleAPICalled" and parameters["type"] in ("error", "assert"):
            texts = [str(each.get("value", each.get("description"))) for each in parameters["args"]]
            self.errors.append("console: " + " ".join(texts))
        elif method == "Log.entryAdded" and parameters["entry"]["level"] == "error":
            entry = parameters["entry"]
            # A hub that is away on purpose is no error of the page.
            away = ("WebSocket connection", "ERR_INTERNET_DISCONNECTED")
            if not any(text in entry["text"] for text in away):
                self.errors.append(f"{entry['source']}: {entry['text']} {entry.get('url', '')}")

    def go(self, url):
        self.call("Page.navigate", url=url)
        self.wait("document.readyState === 'complete' && location.href !== 'about:blank'")

    def resize(self, width, height):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=1, mobile=width < 500)

    def scheme(self, name):
        self.call("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": name}])

    def offline(self, is_offline):
        self.call("Network.emulateNetworkConditions", offline=is_offline, latency=0,
                  downloadThroughput=-1, uploadThroughput=-1)

    def run(self, script):
        """The value of an expression, awaited when it is a promise."""
        result = self.call("Runtime.evaluate", expression=script, awaitPromise=True,
                           returnByValue=True, userGesture=True)
        if "exceptionDetails" in result:
            details = result["exceptionDetails"]
            text = details.get("exception", {}).get("description", details["text"])
            raise AssertionError(f"{script}: {text}")
        return result["result"].get("value")

    def wait(self, condition, patience=PATIENCE, what=None):
        end = time.monotonic() + patience
        while True:
            value = self.run(
                f"(() => {{ try {{ const found = {condition}; "
                "return found instanceof Node ? true : found; } catch { return null; } })()")
            if value:
                return value
            if time.monotonic() > end:
                raise Timeout(f"waited for {what or condition}")
            time.sleep(0.03)

    def click(self, selector):
        """A real click in the middle of the first element that matches and is shown.

        Chromium gives no click where what was pressed is drawn anew before it is released: a
        person, who sees nothing happen, clicks again.
        """
        for _ in range(3):
            box = self.middle(selector)
            self.run("""(() => {
                const press = window.__press = { isClicked: false };
                addEventListener('click', () => { press.isClicked = true; },
                    { capture: true, once: true });
            })()""")
            for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
                self.call("Input.dispatchMouseEvent", type=kind, x=box[0], y=box[1],
                          button="none" if kind == "mouseMoved" else "left", clickCount=1)
            # Another page has no such note: the click has led there.
            if not self.run("window.__press?.isClicked === false"):
                return

    def middle(self, selector):
        quoted = json.dumps(selector)
        find = f"[...document.querySelectorAll({quoted})].find((e) => e.checkVisibility())"
        self.wait(f"{find} !== undefined", what=f"{selector} to click")
        return self.run(f"""(() => {{
            const element = {find};
            element.scrollIntoView({{ block: 'nearest' }});
            const {{ x, y, width, height }} = element.getBoundingClientRect();
            return [x + width / 2, y + height / 2];
        }})()""")

    def tap(self, selector):
        """A finger instead of a mouse."""
        self.call("Emulation.setTouchEmulationEnabled", enabled=True)
        x, y = self.middle(selector)
        self.call("Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": x, "y": y}])
        self.call("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])

    def hover(self, selector):
        box = self.run(f"""(() => {{
            const element = document.querySelector({json.dumps(selector)});
            element.scrollIntoView({{ block: 'nearest' }});
            const {{ x, y, width, height }} = element.getBoundingClientRect();
            return [x + Math.min(width, 200) / 2, y + height / 2];
        }})()""")
        self.call("Input.dispatchMouseEvent", type="mouseMoved", x=box[0], y=box[1])

    def type(self, text):
        self.call("Input.insertText", text=text)

    def key(self, name, *modifiers):
        code, text = KEYS[name] if name in KEYS else (ord(name.upper()), name)
        mask = sum(MODIFIERS[each] for each in modifiers)
        common = {"key": name, "windowsVirtualKeyCode": code, "modifiers": mask,
                  "code": f"Key{name.upper()}" if len(name) == 1 and name.isalpha() else name}
        if text and not mask & 7:
            self.call("Input.dispatchKeyEvent", type="keyDown", text=text, **common)
        else:
            self.call("Input.dispatchKeyEvent", type="rawKeyDown", **common)
        self.call("Input.dispatchKeyEvent", type="keyUp", **common)

    def screenshot(self, path):
        data = self.call("Page.captureScreenshot", format="png")["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))

    def complaints(self):
        """All that went wrong so far: exceptions, console errors, policy violations."""
        violations = self.run("window.__violations ?? []")
        return self.errors + [f"policy: {each}" for each in violations]

    def close(self):
        # Chromium holds back what an offline tab sends, and lets it go when the tab is closed.
        # So the page goes first, and with it what it holds.
        self.call("Page.navigate", url="about:blank")
        self.wait("location.href === 'about:blank'")
        self.browser.call("Target.closeTarget", targetId=self.target)
        self.browser.pages.pop(self.session, None)
