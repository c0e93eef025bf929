"""What is tried on the pages of documents, in this order; each needs what those before it left."""

import base64
import hashlib
import hmac
import json
import secrets

from editor import Editor, NodeEditor, agree
from hub import OwnHub

PATH = "/docs/shared-plan"
NAME = "shared-plan"
SECRET = secrets.token_hex(32)


def a_document_is_created_and_listed(world):
    eve = Editor(world.browser, world.hub.url, "/docs", "eve")
    eve.wait("document.querySelector('.documents .button-primary')")
    eve.page.click(".documents .button-primary")
    eve.wait("document.activeElement.name === 'title'")
    eve.page.type("Shared plan")
    eve.page.click("dialog .button-primary")
    eve.wait(f"location.pathname === '{PATH}' && document.querySelector('.editor')")
    eve.opened()
    eve.wait("document.querySelector('.editor-title').value === 'Shared plan'")
    eve.write("First line\n")
    eve.saved()
    eve.go("/docs")
    eve.wait("document.querySelector('.document-row strong')?.innerText === 'Shared plan'")
    eve.page.click(".document-row a")
    eve.opened()
    eve.sees("First line")
    world.eve = eve


def chat_and_documents_lead_to_each_other(world):
    eve = world.eve
    eve.go("/docs")
    eve.wait("document.querySelector('.documents-header a')")
    eve.page.click(".documents-header a")
    eve.wait("location.pathname === '/' && document.querySelector('.sidebar')")
    eve.page.click(".sidebar [aria-label=Documents]")
    eve.wait("document.querySelector('.document-row')")
    eve.page.click(".document-row a")
    eve.opened()


def the_title_is_everybodys(world):
    world.fay = Editor(world.browser, world.hub.url, PATH, "fay").opened()
    eve, fay = world.eve, world.fay
    eve.page.click(".editor-title")
    eve.run("document.querySelector('.editor-title').select()")
    eve.page.type("Our plan")
    eve.page.key("Enter")
    fay.wait("document.querySelector('.editor-title').value === 'Our plan'")
    fay.wait("document.title === 'Our plan · Martlet'")


def others_are_seen_with_name_cursor_and_selection(world):
    eve, fay = world.eve, world.fay
    eve.wait("document.querySelector('.person[data-name=fay]')")
    fay.page.click("#text")
    fay.run("document.querySelector('#text').setSelectionRange(0, 5)")
    eve.wait("document.querySelector('.cursor[data-name=fay]')?.innerText === 'fay'")
    eve.wait("""new Set([...document.querySelectorAll('.person')]
        .map((each) => each.style.getPropertyValue('--colour'))).size === 2""")
    eve.wait("document.querySelector('.selected')?.innerText === 'First'")
    # It stays at the word when something is written before it.
    eve.write("Zero. ", at=0)
    fay.sees("Zero. First")
    eve.wait("document.querySelector('.selected').innerText === 'First'")
    assert fay.run("""(() => {
        const area = document.querySelector('#text');
        return area.value.slice(area.selectionStart, area.selectionEnd);
    })()""") == "First"


def markdown_is_shown_and_html_stays_text(world):
    eve, fay = world.eve, world.fay
    eve.write("\n# Heading\n\n<img src=x onerror=alert(1)><script>alert(2)</script>\n\n"
              "- [x] done **bold** [site](https://example.org/a)\n\n"
              "[bad](javascript:alert(3)) `code` <b>no</b>\n")
    fay.wait("document.querySelector('.prose h1')?.innerText === 'Heading'")
    fay.wait("document.querySelector('.prose a')?.href === 'https://example.org/a'")
    assert fay.run("document.querySelector('.prose strong').innerText") == "bold"
    assert fay.run("document.querySelector('.prose .task input').checked")
    assert fay.run("document.querySelectorAll('.prose img, .prose script, .prose b').length") == 0
    assert fay.run("document.querySelectorAll('.prose a').length") == 1
    assert "<img src=x" in fay.run("document.querySelector('.prose').innerText")


def keys_format_and_undo_only_what_one_wrote(world):
    eve, fay = world.eve, world.fay
    eve.write("\nword")
    eve.run("(() => { const a = document.querySelector('#text');"
            "a.setSelectionRange(a.value.length - 4, a.value.length); })()")
    eve.page.key("b", "Control")
    fay.sees("**word**")
    fay.write("\nfay was here")
    eve.sees("fay was here")
    eve.page.click("#text")
    eve.page.key("z", "Control")
    fay.wait("!document.querySelector('#text').value.includes('**word**')")
    text = agree(eve, fay)
    assert "fay was here" in text and "\nword\n" in text and "# Heading" in text, text
    # A list goes on by itself.
    eve.write("\n\n- one")
    eve.page.key("Enter")
    eve.page.type("two")
    fay.sees("- one\n- two")


def two_tabs_and_a_node_editor_type_at_once_and_one_is_away_for_a_while(world):
    eve, fay = world.eve, world.fay
    node = NodeEditor(world.hub.url, NAME, {"name": "gus"}).synced()
    try:
        eve.run("document.querySelector('#text').setSelectionRange(3, 3)")
        fay.run("(() => { const a = document.querySelector('#text');"
                "a.setSelectionRange(a.value.length, a.value.length); })()")
        fay.page.offline(True)
        eve.start_typing("e", 120)
        fay.start_typing("f", 120)
        node.ask("type", prefix="n", every=10, count=120)
        eve.has_typed(60)
        fay.has_typed(60)
        fay.wait("document.querySelector('.saving').dataset.state === 'draft'")
        fay.wait("document.querySelector('.status').innerText.includes('Offline')")
        assert fay.text != eve.text
        fay.page.offline(False)
        for tab in (eve, fay):
            tab.has_typed(120)
        fay.saved()
        eve.saved()
        text = agree(eve, fay, node)
        missing = [f"{who}{n};" for who in "ef" for n in range(120) if f"{who}{n};" not in text]
        missing += [f"n{n};" for n in range(1, 121) if f"n{n};" not in text]
        assert not missing, missing[:5]
        assert fay.run("document.querySelector('.status').hidden")
    finally:
        node.close()


# What the browser keeps of the document, which may still be the draft before. Its text is readable.
DRAFT = """new Promise((resolve) => {
    const opened = indexedDB.open('martlet.drafts');
    opened.onsuccess = () => {
        const got = opened.result.transaction('documents').objectStore('documents')
            .get('shared-plan');
        got.onsuccess = () => {
            opened.result.close();
            resolve(new TextDecoder().decode(got.result));
        };
    };
})"""


def what_was_written_offline_survives_closing_the_tab(world):
    fay = world.fay
    fay.page.offline(True)
    fay.wait("!navigator.onLine")
    fay.write("\nwritten in a tunnel")
    fay.wait("document.querySelector('.saving').dataset.state === 'draft'")
    fay.wait(f"{DRAFT}.then((draft) => draft.includes('in a tunnel'))", what="it to be kept")
    context = fay.page.context
    fay.page.close()
    assert "tunnel" not in world.eve.text
    fay.page = world.browser.tab(context, world.hub.url + PATH)
    fay.opened().sees("written in a tunnel")
    world.eve.sees("written in a tunnel")
    fay.saved()


def an_old_version_is_restored_while_others_type(world):
    eve, fay = world.eve, world.fay
    eve.page.click(".versions-button")
    eve.menu(".versions-panel button", "Save a version")
    eve.wait("document.activeElement.name === 'name'")
    eve.page.type("Before the change")
    eve.page.click("dialog .button-primary")
    eve.wait("document.querySelector('.version strong')?.innerText === 'Before the change'")
    eve.write("\nA line that will go away.")
    eve.saved()
    fay.sees("A line that will go away.")
    eve.menu(".version button", "Look")
    eve.wait("document.querySelector('dialog .prose')?.innerText.includes('Heading')")
    assert "will go away" not in eve.run("document.querySelector('dialog .prose').innerText")
    eve.page.key("Escape")
    fay.run("document.querySelector('#text').setSelectionRange(0, 0)")
    fay.start_typing("typed", 100_000)
    fay.has_typed(10)
    eve.menu(".version button", "Restore")
    eve.page.click("dialog .button-danger")
    eve.wait("!document.querySelector('#text').value.includes('will go away')",
             what="the version to be restored")
    count = fay.run("window.__typed")
    fay.has_typed(count + 20)
    fay.stop_typing()
    fay.saved()
    text = agree(eve, fay)
    assert "will go away" not in text and "Heading" in text
    # What was written after the restoration is all there.
    missing = [number for number in range(count + 1, count + 20) if f"typed{number};" not in text]
    assert not missing, missing
    eve.page.click("[aria-label='Close versions']")


def what_is_saved_survives_a_killed_hub(world):
    eve, fay = world.eve, world.fay
    eve.write("\nkept for good")
    eve.saved()
    world.hub.kill()
    fay.write("\nwritten while it was away")
    fay.wait("document.querySelector('.status').innerText.includes('Reconnecting')")
    world.hub.start()
    fay.saved()
    eve.sees("written while it was away")
    assert "kept for good" in agree(eve, fay)


def narrow_screens_and_dark_mode_show_what_matters(world):
    fay = world.fay
    fay.page.resize(390, 760)
    fay.page.scheme("dark")
    fay.wait("document.querySelector('.mode[data-mode=split]').checkVisibility() === false")
    assert fay.run("document.documentElement.scrollWidth") == 390
    assert fay.run("getComputedStyle(document.body).backgroundColor") == "rgb(23, 25, 27)"
    fay.page.tap("[data-mode=read]")
    fay.wait("document.querySelector('.prose').checkVisibility()")
    assert not fay.run("document.querySelector('#text').checkVisibility()")
    fay.page.tap("[data-mode=write]")
    fay.wait("document.querySelector('#text').checkVisibility()")
    fay.page.resize(1280, 800)
    fay.page.scheme("light")


def who_may_only_read_reads(world):
    hub = OwnHub(world.hub.binary, {"MARTLET_AUTH_SECRETS": SECRET})
    try:
        writer = token("ann", {"doc:*": ["join", "update", "create"]})
        ann = Editor(world.browser, hub.url, "/docs/memo", "ann", writer).opened()
        ann.write("For reading only")
        ann.saved()
        assert "token" not in ann.run("location.href")
        ben = Editor(world.browser, hub.url, "/docs/memo", "ben",
                     token("ben", {"doc:*": ["join", "awareness"]})).opened()
        ben.sees("For reading only")
        ben.wait("document.querySelector('.saving').dataset.state === 'read'")
        assert ben.run("document.querySelector('#text').readOnly")
        assert not ben.run("document.querySelector('.toolbar').checkVisibility()")
        ann.wait("document.querySelector('.person[data-name=ben]')")
        stranger = Editor(world.browser, hub.url, "/docs/memo", "cid",
                          token("cid", {"doc:other": ["join"]}))
        stranger.wait("document.querySelector('.status').innerText.includes('may not open')")
    finally:
        hub.close()


def without_yjs_the_page_says_what_to_install(world):
    hub = OwnHub(world.hub.binary, {"MARTLET_PAGES_MODULES": "/nowhere"})
    try:
        ann = Editor(world.browser, hub.url, "/docs/memo", "ann")
        ann.wait("document.querySelector('h1').innerText === 'Yjs is not installed'")
        assert "node-yjs" in ann.run("document.querySelector('pre').innerText")
    finally:
        hub.close()


def no_document_page_has_complained(world):
    for editor in (world.eve, world.fay):
        complaints = [each for each in editor.page.complaints() if "Failed to load" not in each]
        assert not complaints, complaints


def token(user, grants):
    """A JSON Web Token, HS256."""

    def part(value):
        return base64.urlsafe_b64encode(value).rstrip(b"=")

    claims = {"sub": user, "exp": 4_000_000_000, "grants": grants}
    text = part(b'{"alg":"HS256","typ":"JWT"}') + b"." + part(json.dumps(claims).encode())
    signature = hmac.new(SECRET.encode(), text, hashlib.sha256).digest()
    return (text + b"." + part(signature)).decode()


DOCUMENT_SCENARIOS = [
    a_document_is_created_and_listed,
    chat_and_documents_lead_to_each_other,
    the_title_is_everybodys,
    others_are_seen_with_name_cursor_and_selection,
    markdown_is_shown_and_html_stays_text,
    keys_format_and_undo_only_what_one_wrote,
    two_tabs_and_a_node_editor_type_at_once_and_one_is_away_for_a_while,
    what_was_written_offline_survives_closing_the_tab,
    an_old_version_is_restored_while_others_type,
    what_is_saved_survives_a_killed_hub,
    narrow_screens_and_dark_mode_show_what_matters,
    who_may_only_read_reads,
    without_yjs_the_page_says_what_to_install,
    no_document_page_has_complained,
]
DOCUMENTS_NEED_RESTART = {
    what_is_saved_survives_a_killed_hub, who_may_only_read_reads,
    without_yjs_the_page_says_what_to_install,
}
