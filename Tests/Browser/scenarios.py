"""What is tried, in this order. Each needs what those before it left: two people and a room."""

from attachments_and_bans import (
    a_ban_is_listed_and_lifted_by_a_moderator, images_and_files_are_shown_as_such)
from person import Person, quote

ROOM = "browser-tests"


def guests_sign_in_by_name(world):
    world.ada = Person(world.browser, world.hub.url, "ada")
    world.bob = Person(world.browser, world.hub.url, "bob")
    assert world.ada.user.endswith("ada"), world.ada.user


def a_room_is_created_found_and_joined(world):
    ada, bob = world.ada, world.bob
    ada.create("Browser tests")
    assert ada.run("location.hash") == f"#/room/{ROOM}"
    bob.page.click("[aria-label='Browse public rooms']")
    bob.wait("document.querySelector('.browse-row')")
    bob.page.type("browser t")
    bob.page.click(".browse-row")
    bob.enter(ROOM)
    ada.wait("document.querySelector('.room-title .hint').innerText.includes('2 online')")


def two_tabs_talk(world):
    ada, bob = world.ada, world.bob
    ada.say("Hello bob")
    bob.sees("Hello bob")
    bob.say("Hello ada")
    ada.sees("Hello ada")
    bob.sees("Hello ada")
    for person in (ada, bob):
        assert person.texts() == ["Hello bob", "Hello ada"], person.texts()


def typing_is_seen_and_ends_with_the_message(world):
    ada, bob = world.ada, world.bob
    ada.page.click("#composer")
    ada.page.type("Thinking")
    bob.wait("document.querySelector('.typing').innerText.includes('is typing')")
    ada.page.key("Enter")
    bob.sees("Thinking")
    bob.wait("document.querySelector('.typing').innerText === ''")


def markup_stays_text_and_formatting_is_drawn(world):
    ada, bob = world.ada, world.bob
    hostile = "<img src=x onerror=alert(1)> javascript:alert(1) <b>no</b>"
    ada.say(hostile)
    bob.sees(hostile)
    assert bob.run("document.querySelectorAll('.message-text img, .message-text b').length") == 0
    ada.say("*bold* _italic_ `code` https://example.org/a_b_c. ")
    bob.wait("document.querySelector('.message-text a')?.href === 'https://example.org/a_b_c'")
    for tag, text in (("strong", "bold"), ("em", "italic"), ("code", "code")):
        assert bob.run(f"document.querySelector('.message-text {tag}').innerText") == text


def an_edit_is_seen_by_the_other(world):
    ada, bob = world.ada, world.bob
    ada.say("Frist")
    bob.sees("Frist")
    ada.sees("Frist")
    ada.page.click("#composer")
    ada.page.key("ArrowUp")
    ada.wait("document.querySelector('#composer').value === 'Frist'")
    ada.run("document.querySelector('#composer').select()")
    ada.page.type("First")
    ada.page.key("Enter")
    bob.sees("First")
    bob.sees_not("Frist")
    assert "(edited)" in bob.run(f"document.querySelector(\"{bob.row('First')}\").innerText")


def a_reaction_is_seen_counted_and_taken_back(world):
    ada, bob = world.ada, world.bob
    bob.act("First", "React with thumbs up")
    reaction = ".timeline .reaction[data-emoji='👍']"
    ada.wait(f"document.querySelector(\"{reaction}\")?.innerText.includes('1')")
    assert "bob" in ada.run(f"document.querySelector(\"{reaction}\").title")
    ada.page.click(reaction)
    bob.wait(f"document.querySelector(\"{reaction}\").innerText.includes('2')")
    ada.page.click(reaction)
    bob.wait(f"document.querySelector(\"{reaction}\").innerText.includes('1')")


def a_deleted_message_leaves_a_tombstone(world):
    ada, bob = world.ada, world.bob
    bob.say("A secret")
    ada.sees("A secret")
    bob.sees("A secret")
    bob.choose("A secret", "Delete…")
    bob.page.click("dialog .button-danger")
    ada.sees_not("A secret")
    ada.sees("This message was deleted.")


def a_pin_is_listed_and_leads_back(world):
    ada, bob = world.ada, world.bob
    ada.choose("First", "Pin")
    bob.wait("document.querySelector('.timeline .pinned-mark')")
    bob.page.click("[aria-label='Pinned messages']")
    bob.wait("document.querySelector('.panel .card-text')?.innerText === 'First'")
    bob.page.click(".panel .card")
    bob.wait("document.activeElement.matches('.timeline .message[data-id]')")
    assert bob.run("location.hash").startswith(f"#/room/{ROOM}/message/")


def a_thread_has_replies_a_count_and_followers(world):
    ada, bob = world.ada, world.bob
    bob.act("First", "Reply in thread")
    bob.wait("document.querySelector('#thread-composer')")
    bob.say("A reply", "#thread-composer")
    bob.sees("A reply", ".panel")
    ada.wait("document.querySelector('.thread-link')?.innerText.includes('1 reply')")
    assert "A reply" not in ada.texts(), "a reply is not among the room's messages"
    ada.page.click(".thread-link")
    ada.sees("A reply", ".panel")
    ada.say("Another", "#thread-composer")
    bob.sees("Another", ".panel")
    assert bob.texts(".panel") == ["First", "A reply", "Another"], bob.texts(".panel")
    bob.wait("document.querySelector('.panel [aria-pressed=true]')?.innerText === 'Following'")
    for person in (ada, bob):
        person.page.key("Escape")
        person.wait("document.querySelector('.panel').hidden")


def a_mention_is_completed_badged_and_marked(world):
    ada, bob = world.ada, world.bob
    bob.run("location.hash = '#/'")
    bob.wait("document.querySelector('.room-header').hidden")
    ada.page.click("#composer")
    ada.page.type("Ask @" + bob.user[:-1])
    ada.wait("document.querySelector('.room .completion-row')?.innerText.includes('bob')")
    ada.page.key("Tab")
    ada.page.type("please")
    ada.page.key("Enter")
    bob.wait("document.querySelector('.room-row .badge-mention')?.innerText === '@1'")
    bob.wait("document.title.startsWith('(1)')")
    bob.visit(ROOM)
    bob.wait("document.querySelector('.message-mentions-me .mention-me')")
    bob.wait("document.querySelector('.separator-new')")
    bob.wait("!document.querySelector('.room-row .badge')", what="the badge to go once it is read")
    bob.wait("!document.title.startsWith('(')")


def search_finds_marks_and_leads_there(world):
    ada = world.ada
    ada.page.key("Escape")
    ada.run("document.activeElement.blur()")
    ada.page.key("/")
    ada.wait("document.activeElement.matches('.panel input[type=search]')")
    ada.page.type("thinking")
    ada.wait("document.querySelector('.panel mark')?.innerText === 'Thinking'")
    ada.page.click(".panel .card")
    ada.wait("document.activeElement.matches('.timeline .message[data-id]')")
    assert "Thinking" in ada.run("document.activeElement.innerText")


def history_is_loaded_upwards_once_and_in_order(world):
    ada, bob = world.ada, world.bob
    name = "browser-history"
    ada.create("Browser history")
    ada.run(f"""(async () => {{
        const {{ Martlet }} = await import('/martlet.js');
        const martlet = Martlet.connect(undefined, {{ name: 'ada', storage: null }});
        let last;
        for (let index = 1; index <= 130; index += 1) {{
            last = martlet.post('room:{name}', {{ content: `Line ${{index}}` }});
        }}
        await last.done;
        martlet.close();
    }})()""")
    bob.visit(name)
    bob.sees("Line 130")
    assert "Line 1" not in bob.texts(), "the first page is not the whole history"
    bob.wait("""(() => {
        document.querySelector('.timeline').scrollTop = 0;
        return document.querySelector('.timeline').innerText.includes('Line 1\\n');
    })()""", what="the first line")
    expected = [f"Line {index}" for index in range(1, 131)]
    assert bob.texts() == expected, bob.texts()
    assert not bob.run("document.querySelector('.pill').hidden")
    bob.page.click(".pill")
    bob.wait("document.querySelector('.pill').hidden")


def an_offline_tab_keeps_what_is_written_and_catches_up(world):
    ada, bob = world.ada, world.bob
    for person in (ada, bob):
        person.visit(ROOM)
        person.sees("First")
    bob.page.offline(True)
    bob.wait("document.querySelector('.status')?.innerText.includes('Offline')")
    for index in (1, 2, 3):
        bob.say(f"From the tunnel {index}")
        ada.say(f"Meanwhile {index}")
    bob.wait("document.querySelector('.status').innerText.includes('3 messages wait')")
    for index in (1, 2, 3):
        ada.sees(f"Meanwhile {index}")
    assert not any("tunnel" in text for text in ada.texts()), "offline is offline"
    bob.page.offline(False)
    expected = [f"Meanwhile {index}" for index in (1, 2, 3)] \
        + [f"From the tunnel {index}" for index in (1, 2, 3)]
    for person in (ada, bob):
        for text in expected:
            person.sees(text, patience=20)
        shown = [text for text in person.texts() if text in expected]
        assert shown == expected, (person.name, shown)
    bob.wait("document.querySelector('.status').hidden")


def a_killed_hub_loses_nothing_and_doubles_nothing(world):
    ada, bob = world.ada, world.bob
    said = []
    for index in range(1, 4):
        ada.say(f"Before the kill {index}")
        said.append(f"Before the kill {index}")
    world.hub.kill()
    for index in range(1, 4):
        ada.say(f"During the outage {index}")
        bob.say(f"Also without a hub {index}")
    ada.wait("document.querySelector('.status').innerText.includes('econnecting')")
    world.hub.start()
    said += [f"During the outage {index}" for index in range(1, 4)]
    both = said + [f"Also without a hub {index}" for index in range(1, 4)]
    for person in (ada, bob):
        for text in both:
            person.sees(text, patience=25)
        shown = [text for text in person.texts() if text in both]
        assert sorted(shown) == sorted(both), (person.name, shown)
        assert [text for text in shown if text in said] == said, (person.name, shown)
    ada.say("Still here")
    bob.sees("Still here")
    assert ada.texts() == bob.texts()


def a_member_is_muted_and_removed(world):
    ada, bob = world.ada, world.bob
    member = f"[aria-label='Actions for {bob.user}']"
    for person in (ada, bob):
        person.visit(ROOM)
    ada.page.click("[aria-label=Members]")
    ada.page.click(member)
    ada.pick("Mute for an hour")
    ada.wait("document.querySelector('.panel .member .tag[title=Muted]')")
    bob.say("Can you hear me?")
    bob.wait("document.querySelector('.message-failed .failure')?.innerText.includes('muted')")
    ada.page.click(member)
    ada.pick("Unmute")
    ada.wait("!document.querySelector('.panel .member .tag[title=Muted]')")
    bob.page.click(".failure .link")
    ada.sees("Can you hear me?")
    bob.sees("Can you hear me?")
    assert bob.run("document.querySelector(\"[aria-label='More…']\") !== null")
    ada.page.click(member)
    ada.pick("Remove from room…")
    ada.page.click("dialog .button-danger")
    bob.wait("document.querySelector('.room-empty').innerText.includes('removed from this room')")
    ada.page.key("Escape")


def a_direct_message_reaches_only_its_partner(world):
    ada, bob = world.ada, world.bob
    ada.page.click("[aria-label='New direct message']")
    ada.wait("document.activeElement.name === 'users'")
    ada.page.type(bob.user)
    ada.page.key("Enter")
    ada.wait(f"document.querySelector('.room-title h1')?.innerText === {quote(bob.user)}")
    ada.say("Between us")
    bob.wait("""[...document.querySelectorAll('[aria-label="Direct messages"] .room-row')]
        .some((row) => row.innerText.includes('Between us') && row.querySelector('.badge'))""")
    bob.page.click("[aria-label='Direct messages'] .room-row")
    bob.sees("Between us")


def everything_is_reached_by_keyboard(world):
    ada = world.ada
    page = ada.page
    page.key("k", "Control")
    ada.wait("document.activeElement.closest('dialog')")
    page.type("browser test")
    page.key("Enter")
    ada.wait("document.querySelector('.room-title h1').innerText === 'Browser tests'")
    ada.wait("document.activeElement.id === 'composer'")
    page.type("By keyboard")
    page.key("Enter")
    ada.sees("By keyboard")
    ada.wait("document.activeElement.id === 'composer'")
    for _ in range(20):
        page.key("Tab", "Shift")
        if ada.run("document.activeElement.matches('.timeline .message[data-id]')"):
            break
    ada.wait("document.activeElement.matches('.timeline .message[data-id]')")
    for _ in range(20):
        if "By keyboard" in ada.run("document.activeElement.innerText"):
            break
        page.key("ArrowDown")
    page.key("+")
    ada.wait("document.activeElement.matches('.emoji')")
    page.key("ArrowRight")
    page.key("Enter")
    ada.wait("document.querySelector(\".reaction[data-emoji='❤️']\")")
    ada.wait("document.activeElement.matches('.timeline .message[data-id]')")
    page.key("e")
    ada.wait("document.activeElement.id === 'composer' && document.activeElement.value")
    page.key("Escape")
    ada.wait("document.querySelector('#composer').value === ''")
    before = ada.run("location.hash")
    page.key("ArrowDown", "Alt")
    ada.wait(f"location.hash !== {quote(before)}")
    page.key("ArrowUp", "Alt")
    ada.wait(f"location.hash === {quote(before)}")
    outline = ada.run("""(() => {
        document.querySelector('.timeline .message[data-id]').focus();
        return getComputedStyle(document.activeElement).outlineStyle;
    })()""")
    assert outline != "none", "the focus can be seen"


def a_narrow_screen_shows_one_pane_at_a_time(world):
    carl = Person(world.browser, world.hub.url, "carl", 390, 844)
    shown = """[...document.querySelectorAll('.sidebar, .room, .panel')]
        .filter((pane) => pane.checkVisibility()).map((pane) => pane.className).join(' ')"""
    assert carl.run(shown) == "sidebar", carl.run(shown)
    carl.visit(ROOM)
    carl.wait(f"({shown}) === 'room'")
    assert carl.run("document.documentElement.scrollWidth <= innerWidth")
    carl.sees("First")
    row = carl.row("Thinking")
    carl.page.tap(row)
    carl.wait(f"document.querySelector(\"{row} .message-tools\")")
    reactions = carl.run(f"document.querySelectorAll(\"{row} .reaction\").length")
    assert reactions == 0, "the tap that opens the toolbar must not press what is in it"
    carl.page.click(".thread-link")
    carl.wait(f"({shown}) === 'panel'")
    carl.sees("A reply", ".panel")
    carl.page.click(".panel [aria-label=Back]")
    carl.wait(f"({shown}) === 'room'")
    carl.page.click("[aria-label='Back to the rooms']")
    carl.wait(f"({shown}) === 'sidebar'")
    world.carl = carl


def the_theme_can_be_chosen_and_lasts(world):
    ada = world.ada
    background = "getComputedStyle(document.body).backgroundColor"
    light = ada.run(background)
    ada.page.click(".profile-button")
    ada.pick("Dark")
    ada.wait(f"{background} !== {quote(light)}")
    dark = ada.run(background)
    ada.page.call("Page.reload")
    ada.wait(f"document.querySelector('.app') && {background} === {quote(dark)}")


def nothing_was_thrown_logged_or_blocked(world):
    for person in filter(None, (world.ada, world.bob, getattr(world, "carl", None))):
        complaints = person.page.complaints()
        assert not complaints, (person.name, complaints)


SCENARIOS = [
    guests_sign_in_by_name,
    a_room_is_created_found_and_joined,
    two_tabs_talk,
    typing_is_seen_and_ends_with_the_message,
    markup_stays_text_and_formatting_is_drawn,
    an_edit_is_seen_by_the_other,
    a_reaction_is_seen_counted_and_taken_back,
    a_deleted_message_leaves_a_tombstone,
    a_pin_is_listed_and_leads_back,
    a_thread_has_replies_a_count_and_followers,
    a_mention_is_completed_badged_and_marked,
    search_finds_marks_and_leads_there,
    history_is_loaded_upwards_once_and_in_order,
    an_offline_tab_keeps_what_is_written_and_catches_up,
    a_killed_hub_loses_nothing_and_doubles_nothing,
    a_direct_message_reaches_only_its_partner,
    everything_is_reached_by_keyboard,
    a_narrow_screen_shows_one_pane_at_a_time,
    a_member_is_muted_and_removed,
    a_ban_is_listed_and_lifted_by_a_moderator,
    images_and_files_are_shown_as_such,
    the_theme_can_be_chosen_and_lasts,
    nothing_was_thrown_logged_or_blocked,
]

NEED_RESTART = {a_killed_hub_loses_nothing_and_doubles_nothing}
