"""What somebody does on the chat page, in the words of the tests."""

import json


class Person:
    """A page, and the user who is signed in on it."""

    def __init__(self, browser, url, name, width=1280, height=800):
        self.name = name
        self.url = url
        self.page = browser.page(url + "/", width, height)
        self.page.wait("document.querySelector('input[name=name]') === document.activeElement")
        self.page.type(name)
        self.page.key("Enter")
        self.page.wait("document.querySelector('.profile-text strong')?.innerText")
        self.user = self.page.run("document.querySelector('.profile-text strong').innerText")

    def visit(self, room):
        self.page.run(f"location.hash = '#/room/{room}'")
        timeline = f".timeline[data-topic='room:{room}']:not([aria-busy])"
        self.page.wait(
            f"document.querySelector(\"{timeline}\").checkVisibility()", what=f"{room} to open")

    def enter(self, room):
        """Visits a public room and becomes a member."""
        self.visit(room)
        self.page.wait("document.querySelector('.join-bar')")
        if self.page.run("!document.querySelector('.join-bar').hidden"):
            self.page.click(".join-bar button")
            self.page.wait("document.querySelector('.join-bar').hidden")

    def create(self, title, visibility="public"):
        """Creates a room by the dialog; its name is the title in small letters."""
        self.page.click("[aria-label='Create a room']")
        self.page.wait("document.activeElement.name === 'title'")
        self.page.type(title)
        self.page.click(f"dialog input[value={visibility}]")
        self.page.click("dialog .button-primary")
        self.page.wait(f"document.querySelector('.room-title h1')?.innerText === {quote(title)}")
        self.page.wait("!document.querySelector('dialog')")

    def say(self, text, box="#composer"):
        self.page.click(box)
        self.page.type(text)
        self.page.key("Enter")

    def texts(self, scope=".timeline"):
        """What the messages say, top to bottom, waiting ones too."""
        return self.page.run(f"""[...document.querySelectorAll('{scope} .message')]
            .filter((row) => !row.classList.contains('message-system'))
            .map((row) => {body('row')})""")

    def sees(self, text, scope=".timeline", patience=10):
        """Waits until a message that came from the hub reads so."""
        self.page.wait(
            f"[...document.querySelectorAll('{scope} .message[data-id]:not(.message-pending)')]"
            f".some((row) => {body('row')} === {quote(text)})",
            patience, what=f"{self.name} to see {text!r}")

    def sees_not(self, text):
        self.page.wait(
            f"![...document.querySelectorAll('.timeline .message')]"
            f".some((row) => {body('row')} === {quote(text)})",
            what=f"{self.name} to see {text!r} no longer")

    def row(self, text):
        """A selector for the row of the last message that reads so."""
        found = self.page.run(
            f"[...document.querySelectorAll('.timeline .message[data-id]')]"
            f".findLast((row) => {body('row')} === {quote(text)})?.dataset.id")
        assert found, f"{self.name} has no message {text!r}"
        return f".timeline .message[data-id='{found}']"

    def act(self, text, action):
        """Clicks a button of a message's toolbar."""
        row = self.row(text)
        self.page.hover(row)
        self.page.click(f"{row} .message-tools [aria-label='{action}']")

    def choose(self, text, item):
        """Chooses from a message's menu."""
        self.act(text, "More…")
        self.pick(item)

    def pick(self, item):
        find = (f"[...document.querySelectorAll('[role=menuitem]')]"
                f".find((each) => each.innerText === {quote(item)})")
        self.page.wait(f"{find}", what=f"menu item {item}")
        self.page.run(f"{find}.setAttribute('data-picked', '')")
        self.page.click("[data-picked]")

    def run(self, script):
        return self.page.run(script)

    def wait(self, condition, patience=10, what=None):
        return self.page.wait(condition, patience, what)


def body(row):
    """A script for a row's text without marks such as (edited)."""
    return (f"(() => {{ const text = {row}.querySelector('.message-text')?.cloneNode(true); "
            "text?.querySelectorAll('.edited').forEach((mark) => mark.remove()); "
            "return text?.textContent; })()")


def quote(text):
    return json.dumps(text)
