"""One more of the scenarios: how a ban is lifted."""

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
