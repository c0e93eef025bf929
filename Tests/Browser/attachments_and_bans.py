"""Two more of the scenarios: what images and files look like, and how a ban is lifted."""

from person import quote


def images_and_files_are_shown_as_such(world):
    ada, bob = world.ada, world.bob
    ada.create("Browser images")
    bob.visit("browser-images")
    ada.run("""(async () => {
        const { Martlet } = await import('/martlet.js');
        const martlet = Martlet.connect(undefined, { name: 'ada', storage: null });
        let last;
        for (const [type, content] of [
            ['image', '/favicon.svg\\nThe hub as a bird'],
            ['image', '/martlet.js\\nNo picture at all'],
            ['image', 'https://elsewhere.invalid/a%20cat.png\\nA cat'],
            ['image', 'javascript:alert(1)'],
            ['file', '/openapi.json\\nThe interface'],
        ]) last = martlet.post('room:browser-images', { type, content });
        await last.done;
        martlet.close();
    })()""")
    image = ".timeline img[alt='The hub as a bird']"
    bob.wait(f"document.querySelector({quote(image)})?.naturalWidth > 0", what="the image")
    assert bob.run(f"document.querySelector({quote(image)}).loading") == "lazy"
    assert bob.run(f"document.querySelector({quote(image)}).closest('a').target") == "_blank"
    bob.wait("document.querySelector(\".timeline .attachment a[href$='/martlet.js']\")"
             "?.innerText.trim() === 'martlet.js'", what="a link for what can't be shown")
    bob.wait("document.querySelector(\".timeline .attachment a[href$='/openapi.json']\")",
             what="the last message")
    links = bob.run("""[...document.querySelectorAll('.timeline .attachment a:not(:has(img))')]
        .map((link) => [link.innerText.trim(), link.getAttribute('href'), link.rel])""")
    assert [link[0] for link in links] == ["martlet.js", "a cat.png", "openapi.json"], links
    assert links[1][1] == "https://elsewhere.invalid/a%20cat.png", links
    assert all("noopener" in link[2] for link in links), links
    assert bob.run("document.querySelectorAll('.timeline .attachment img').length") == 1
    bob.sees("javascript:alert(1)")


def a_ban_is_listed_and_lifted_by_a_moderator(world):
    ada, bob = world.ada, world.bob
    ada.create("Browser bans")
    topic = "room:browser-bans"
    bob.enter("browser-bans")
    ada.run(f"""(async () => {{
        const {{ Martlet }} = await import('/martlet.js');
        const martlet = Martlet.connect(undefined, {{ name: 'ada', storage: null }});
        for (const userId of ['mallory', 'oscar']) {{
            await martlet.command('ban', {{ topic: '{topic}', data: {{ userId }} }});
        }}
        martlet.close();
    }})()""")
    for person in (ada, bob):
        person.page.click("[aria-label='Members']")
        person.wait("document.querySelectorAll('.panel .member').length >= 2")
    banned = "[...document.querySelectorAll('.panel [aria-label=Banned] .member-name')]" \
        ".map((name) => name.innerText).join()"
    ada.wait(f"{banned} === 'mallory,oscar'", what="the list of bans")
    assert bob.run(banned) == "", "members are shown no bans"
    ada.page.click(".panel [aria-label='Unban mallory']")
    ada.wait(f"{banned} === 'oscar'", what="the ban to be lifted")
    ada.page.click(".panel [aria-label='Unban oscar']")
    ada.wait("document.querySelector('.panel [aria-label=Banned]').hidden")
    for person in (ada, bob):
        person.page.key("Escape")
        person.wait("document.querySelector('.panel').hidden")
