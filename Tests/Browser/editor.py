"""What somebody does on the page of a document, and an editor of Yjs under Node beside it."""

import json
import os
import pathlib
import subprocess
import time

from browser import Timeout
from person import quote

SCRIPT = pathlib.Path(__file__).parent.parent / "Conformance" / "yjs_client.cjs"
# Debian's packages lie there, where Node from elsewhere doesn't look.
MODULES = os.environ.get("NODE_PATH", "/usr/share/nodejs")
AREA = "document.querySelector('#text')"


class Editor:
    """A tab with a document, and its user: a guest with a name, or who a token says."""

    def __init__(self, browser, url, path, name, token=None, width=1280, height=800):
        self.name = name
        self.url = url
        fragment = f"#token={token}" if token else ""
        self.page = browser.page(f"{url}{path}{fragment}", width, height)
        if not token:
            self.page.wait("document.querySelector('input[name=name]') === document.activeElement")
            self.page.type(name)
            self.page.key("Enter")

    def opened(self):
        """Waits until the document is there."""
        self.page.wait("!document.querySelector('.editor').classList.contains('is-loading')",
                       what=f"{self.name} to have the document")
        return self

    def go(self, path):
        self.page.go(self.url + path)
        return self

    def write(self, text, at=None):
        """Types at the end, or at a place."""
        self.page.run(f"{AREA}.focus()")
        place = f"{AREA}.value.length" if at is None else at
        self.page.run(f"{AREA}.setSelectionRange({place}, {place})")
        self.page.type(text)

    def start_typing(self, prefix, count, every=12):
        """Types `prefix0;prefix1;…` by itself, each at a caret that moves with the text."""
        self.page.run(f"""(() => {{
            const area = {AREA};
            window.__typed = 0;
            const timer = window.__typing = setInterval(() => {{
                const text = `{prefix}${{window.__typed}};`;
                const at = area.selectionEnd;
                area.setRangeText(text, at, at, 'end');
                area.dispatchEvent(new InputEvent('input', {{ inputType: 'insertText' }}));
                window.__typed += 1;
                if (window.__typed >= {count}) clearInterval(timer);
            }}, {every});
        }})()""")

    def stop_typing(self):
        self.page.run("clearInterval(window.__typing)")

    def has_typed(self, count):
        self.page.wait(f"window.__typed >= {count}", 20, f"{self.name} to have typed")

    @property
    def text(self):
        return self.page.run(f"{AREA}.value")

    def saved(self):
        self.page.wait("document.querySelector('.saving').dataset.state === 'saved'", 15,
                       f"{self.name} to be told that it is saved")

    def sees(self, text):
        self.page.wait(f"{AREA}.value.includes({quote(text)})", 15,
                       f"{self.name} to see {text!r}")

    def run(self, script):
        return self.page.run(script)

    def wait(self, condition, patience=10, what=None):
        return self.page.wait(condition, patience, what)

    def menu(self, selector, label):
        """Clicks a button by its text."""
        find = (f"[...document.querySelectorAll('{selector}')].find((each) => "
                f"each.innerText.trim() === {quote(label)} && each.checkVisibility())")
        self.page.wait(find, what=f"{label} in {selector}")
        self.page.run(f"document.querySelector('[data-picked]')?.removeAttribute('data-picked');"
                      f"{find}.setAttribute('data-picked', '')")
        self.page.click("[data-picked]")


class NodeEditor:
    """Debian's y-websocket under Node, in a process of its own."""

    def __init__(self, url, name, params):
        self.next_id = 0
        self.process = subprocess.Popen(
            ["node", str(SCRIPT), url.replace("http", "ws", 1) + "/yjs", name, json.dumps(params)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env=os.environ | {"NODE_PATH": MODULES})

    def ask(self, action, **fields):
        self.next_id += 1
        line = json.dumps({"id": self.next_id, "action": action, **fields})
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())["value"]

    def synced(self):
        until(lambda: self.ask("status")["synced"], "the Node editor to be synchronised")
        return self

    @property
    def text(self):
        return self.ask("text")

    def close(self):
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()


def until(condition, what, patience=15):
    end = time.monotonic() + patience
    while not condition():
        if time.monotonic() > end:
            raise Timeout(f"waited for {what}")
        time.sleep(0.05)


def agree(*editors):
    """Waits until all read the same, and returns it."""
    until(lambda: len({each.text for each in editors}) == 1, "the editors to agree", 20)
    return editors[0].text
