"""The dashboard in a real browser, on what the hub tells of itself."""

import json
import time

SAMPLES = 12


class Watcher:
    """A tab with the dashboard."""

    def __init__(self, browser, url, name):
        self.name = name
        self.url = url
        self.page = browser.page(url + "/favicon.svg")
        self.run = self.page.run
        self.wait = self.page.wait
        identity = json.dumps(json.dumps({"name": name}))
        self.run(f"localStorage.setItem('martlet.identity', {identity})")
        self.open()

    def open(self, path="/dashboard"):
        # Reloads also where only the fragment differs.
        self.page.go(self.url + "/favicon.svg")
        self.page.go(self.url + path)
        self.wait("document.querySelector('.board')", 20)
        return self

    def card(self, title):
        return ("[...document.querySelectorAll('.panel-card')].find((card) => "
                f"card.querySelector('h2').innerText === {json.dumps(title)})")

    def shows(self, title, patience=20):
        # Only what is seen is drawn.
        self.wait(f"{self.card(title)}", patience, what=f"a panel {title}")
        self.run(f"{self.card(title)}.scrollIntoView({{ block: 'nearest' }})")
        self.wait(f"{self.card(title)}?.dataset.state === 'shown'", patience,
                  what=f"{title} to show something")
        return self

    def menu(self, selector, label):
        """Chooses from what a button opens."""
        self.page.click(selector)
        self.choose(label)

    def choose(self, label):
        self.wait("document.querySelector('.menu-item')")
        self.run("[...document.querySelectorAll('.menu-item')].find((item) => "
                 f"item.innerText === {json.dumps(label)}).click()")

    def of(self, title, selector):
        """Marks an element of a panel, so that it can be clicked; answers its selector."""
        self.run("document.querySelector('[data-test]')?.removeAttribute('data-test')")
        self.run(f"{self.card(title)}.querySelector({json.dumps(selector)}).dataset.test = ''")
        return "[data-test]"

    def ink(self, title):
        """How many pixels are coloured, by lines or below them, and not grey like the grid."""
        return self.run(f"""(() => {{
            const canvas = {self.card(title)}.querySelector('canvas');
            const {{ data }} = canvas.getContext('2d')
                .getImageData(0, 0, canvas.width, canvas.height);
            let count = 0;
            for (let at = 0; at < data.length; at += 4) {{
                const most = Math.max(data[at], data[at + 1], data[at + 2]);
                const least = Math.min(data[at], data[at + 1], data[at + 2]);
                if (data[at + 3] > 20 && most - least > 40) count += 1;
            }}
            return count;
        }})()""")

    def titles(self):
        return self.run("[...document.querySelectorAll('.panel-card h2')].map((e) => e.innerText)")

    def numbers(self, title):
        """The panel's table, newest first: `[[time, value, …], …]`."""
        self.menu(self.of(title, "[aria-label^='Menu of']"), "Show the numbers")
        self.wait("document.querySelector('.numbers-table')")
        rows = self.run("[...document.querySelectorAll('.numbers-table tbody tr')].map("
                        "(row) => [...row.cells].map((cell) => cell.innerText))")
        self.page.key("Escape")
        self.wait("!document.querySelector('.numbers-table')")
        return rows

    def range_text(self):
        return self.run("document.querySelector('.range-button').innerText.trim()")

    def chart_box(self, title):
        self.run(f"{self.card(title)}.scrollIntoView({{ block: 'center' }})")
        return self.run(f"""(() => {{
            const box = {self.card(title)}.querySelector('.chart').getBoundingClientRect();
            return [box.x, box.y, box.width, box.height];
        }})()""")

    def drag(self, start, end):
        mouse = {"button": "left", "clickCount": 1, "buttons": 1}
        call = self.page.call
        call("Input.dispatchMouseEvent", type="mouseMoved", x=start[0], y=start[1])
        call("Input.dispatchMouseEvent", type="mousePressed", x=start[0], y=start[1], **mouse)
        for step in range(1, 9):
            x = start[0] + (end[0] - start[0]) * step / 8
            y = start[1] + (end[1] - start[1]) * step / 8
            call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y, button="left", buttons=1)
        call("Input.dispatchMouseEvent", type="mouseReleased", x=end[0], y=end[1], **mouse)


def the_dashboard_draws_what_the_hub_does(world):
    world.gil = gil = Watcher(world.browser, world.hub.url, "gil")
    gil.menu(".range-button", "Last 5 minutes")
    for title in ("Connections", "Memory of the hub"):
        gil.shows(title)
    gil.wait(f"{gil.card('Memory of the hub')}.querySelector('.legend-last:not(th)')"
             ".innerText.includes('MiB')")
    box = gil.chart_box("Memory of the hub")
    assert box[3] > 80, box
    gil.wait(f"{gil.card('Memory of the hub')}.querySelector('canvas').width > 0")
    end = time.monotonic() + 10
    while gil.ink("Memory of the hub") < 40 and time.monotonic() < end:
        time.sleep(0.2)
    assert gil.ink("Memory of the hub") >= 40
    # At least one's own.
    gil.shows("Connections")
    gil.wait(f"/^[1-9]/.test({gil.card('Connections')}.querySelector('.number strong').innerText)")


def what_comes_is_drawn_without_asking(world):
    gil = world.gil
    end = time.monotonic() + 40
    while len(filled(gil)) < 4 and time.monotonic() < end:
        time.sleep(1)
    first = filled(gil)
    assert len(first) >= 4, first
    time.sleep(6)
    assert filled(gil)[0][0] != first[0][0]


def filled(watcher, title="Memory of the hub"):
    return [row for row in watcher.numbers(title) if row[1] != "–"]


def dragging_zooms_all_panels_and_back_leads_out(world):
    gil = world.gil
    x, y, width, height = gil.chart_box("Memory of the hub")
    gil.drag((x + width * 0.6, y + height / 2), (x + width * 0.95, y + height / 2))
    gil.wait("document.querySelector('.live-button').innerText.trim() === 'Go live'")
    assert "Last" not in gil.range_text(), gil.range_text()
    gil.shows("Memory of the hub")
    gil.page.click("[aria-label='Back to before the zoom']")
    gil.wait("document.querySelector('.live-button').innerText.trim() === 'Live'")
    assert gil.range_text() == "Last 5 min"
    gil.shows("Memory of the hub")
    # The same by keys.
    gil.run(f"{gil.card('Memory of the hub')}.querySelector('.chart').focus()")
    said = "[...document.querySelectorAll('[aria-live]')].some((e) => e.innerText.includes("
    end = time.monotonic() + 10
    # What was asked for anew may still be on its way.
    while not gil.run(said + "'resident'))") and time.monotonic() < end:
        gil.page.key("End")
        gil.page.key("ArrowLeft")
        time.sleep(0.3)
    assert gil.run(said + "'resident'))"), gil.run(
        "[...document.querySelectorAll('[aria-live]')].map((e) => e.innerText).join()")
    gil.page.key("+")
    gil.wait("document.querySelector('.live-button').innerText.trim() === 'Go live'")
    gil.page.key("Escape")
    gil.wait("document.querySelector('.live-button').innerText.trim() === 'Live'")


def the_cursor_is_shared(world):
    gil = world.gil
    gil.run("document.querySelector('.board').scrollTo(0, 0)")
    x, y, width, height = gil.chart_box("Append latency")
    gil.page.call("Input.dispatchMouseEvent", type="mouseMoved", x=x + width * 0.97,
                  y=y + height / 2)
    gil.wait("[...document.querySelectorAll('.cursor-line')].filter((e) => !e.hidden).length >= 4")
    gil.wait("[...document.querySelectorAll('.cursor-note')].filter((e) => !e.hidden).length === 1")


def paused_stays_and_live_goes_on(world):
    gil = world.gil
    gil.page.click(".live-button")
    gil.wait("document.querySelector('.live-button').innerText.trim() === 'Paused'")
    gil.page.click(".live-button")
    gil.wait("document.querySelector('.live-button').innerText.trim() === 'Live'")


def a_panel_is_added_and_found_again_after_a_reload(world):
    gil = world.gil
    gil.page.click(".add-panel")
    gil.wait("document.activeElement.name === 'title'")
    gil.page.type("My topics")
    gil.run("document.querySelector('[name=expr]').focus()")
    gil.page.type("martlet_topics(")
    gil.wait("document.querySelector('.query-outcome.is-wrong')", 15)
    gil.run("document.querySelector('[name=expr]').select()")
    gil.page.type("martlet_topics")
    gil.wait("/series/.test(document.querySelector('.query-outcome').innerText)", 15)
    gil.page.click(".panel-editor .button-primary")
    gil.shows("My topics")
    gil.wait("document.querySelector('.toolbar-saving').innerText === ''")
    # From the hub, not from this browser.
    gil.run("localStorage.removeItem('martlet.dashboards.' + 'gil')")
    gil.open().shows("My topics")
    assert gil.titles()[-1] == "My topics", gil.titles()
    # With its past: what came before the reload is there at once.
    gil.shows("Memory of the hub")
    past = filled(gil)
    assert len(past) >= 4, past
    assert gil.range_text() == "Last 5 min"


def panels_are_arranged_by_keys_and_by_dragging(world):
    gil = world.gil
    before = gil.titles()
    gil.run(f"{gil.card('My topics')}.querySelector('.panel-handle').focus()")
    gil.page.key("ArrowLeft")
    gil.wait(f"document.querySelectorAll('.panel-card h2')[{len(before) - 2}].innerText "
             "=== 'My topics'")
    assert gil.run("document.activeElement.className.includes('panel-handle')")
    gil.page.key("ArrowLeft", "Shift")
    gil.wait(f"{gil.card('My topics')}.dataset.width === '4'")
    gil.run("document.querySelector('.board').scrollTo(0, 0)")
    start = gil.page.middle(".panel-handle")
    end = gil.page.middle(".panel-card:nth-child(3)")
    gil.drag(start, (end[0] + 60, end[1]))
    moved = before[0]
    gil.wait(f"document.querySelectorAll('.panel-card h2')[2].innerText === {json.dumps(moved)}")
    gil.wait("document.querySelector('.toolbar-saving').innerText === ''")


def another_tab_of_the_user_sees_the_change(world):
    gil = world.gil
    page = world.browser.tab(gil.page.context, gil.url + "/dashboard")
    try:
        page.wait("document.querySelectorAll('.panel-card').length > 5", 20)
        gil.menu(gil.of("My topics", "[aria-label^='Menu of']"), "Remove")
        gil.page.click("dialog .button-danger")
        gil.wait(f"!{gil.card('My topics')}")
        page.wait(f"!{gil.card('My topics')}")
    finally:
        page.close()


def a_cut_leaves_no_gap_but_the_outage(world):
    gil = world.gil
    end = time.monotonic() + 60
    while len(filled(gil)) < SAMPLES // 2 and time.monotonic() < end:
        time.sleep(1)
    known = filled(gil)[-1][0]
    world.hub.kill()
    gil.wait("document.querySelector('.status').innerText.includes('Reconnecting')", 15)
    # What was there stays in sight.
    gil.shows("Memory of the hub")
    time.sleep(8)
    world.hub.start()
    gil.wait("document.querySelector('.status').hidden", 40)
    newest = [row[0] for row in gil.numbers("Memory of the hub")][0]
    end = time.monotonic() + 30
    while time.monotonic() < end:
        rows = gil.numbers("Memory of the hub")
        if rows[0][1] != "–" and rows[0][0] != newest:
            break
        time.sleep(1)
    rows.reverse()
    values = [row[1] for row in rows]
    first = next(at for at, value in enumerate(values) if value != "–")
    # One gap, and nothing missing before or after it.
    text = "".join("." if value == "–" else "#" for value in values[first:])
    assert text.strip("#").strip(".") == "" and text.count(".") <= 8, text
    assert any(row[0] == known for row in rows), (known, rows[first])


def without_the_library_the_page_says_what_to_install(world):
    from hub import OwnHub
    hub = OwnHub(world.hub.binary, {"MARTLET_PAGES_CHARTS": "/nowhere"})
    try:
        page = world.browser.page(hub.url + "/favicon.svg")
        page.run("localStorage.setItem('martlet.identity', '{\"name\":\"hal\"}')")
        page.go(hub.url + "/dashboard")
        page.wait("document.querySelector('h1')?.innerText === 'Chart.js is not installed'", 20)
        assert "libjs-chart.js" in page.run("document.querySelector('pre').innerText")
        page.close()
    finally:
        hub.close()


def narrow_screens_and_dark_mode_show_the_panels(world):
    gil = world.gil
    gil.page.resize(390, 760)
    gil.page.scheme("dark")
    gil.wait("document.querySelector('.panel-line').getBoundingClientRect().width > 340")
    assert gil.run("document.documentElement.scrollWidth") == 390
    assert gil.run("document.querySelector('.board').scrollWidth") <= 390
    assert gil.run("getComputedStyle(document.body).backgroundColor") == "rgb(23, 25, 27)"
    gil.shows("Memory of the hub")
    gil.page.resize(1280, 800)
    gil.page.scheme("light")


def the_dashboard_has_not_complained(world):
    complaints = [each for each in world.gil.page.complaints() if "Failed to load" not in each]
    assert not complaints, complaints


DASHBOARD_SCENARIOS = [
    the_dashboard_draws_what_the_hub_does,
    what_comes_is_drawn_without_asking,
    dragging_zooms_all_panels_and_back_leads_out,
    the_cursor_is_shared,
    paused_stays_and_live_goes_on,
    a_panel_is_added_and_found_again_after_a_reload,
    panels_are_arranged_by_keys_and_by_dragging,
    another_tab_of_the_user_sees_the_change,
    a_cut_leaves_no_gap_but_the_outage,
    narrow_screens_and_dark_mode_show_the_panels,
    without_the_library_the_page_says_what_to_install,
    the_dashboard_has_not_complained,
]
DASHBOARD_NEEDS_RESTART = {
    a_cut_leaves_no_gap_but_the_outage, without_the_library_the_page_says_what_to_install,
}
