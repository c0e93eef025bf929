"""What is tried in the shop, in this order; each needs what those before it left."""

import time

from browser import Timeout
from shopper import Shelves, Shopper, card

SKUS = {
    "t-mug": ("Tin mug", 1400, 40, "Kitchen"), "t-pan": ("Trial pan", 5400, 7, "Kitchen"),
    "t-lamp": ("Reading lamp", 12900, 6, "Desk"), "t-last": ("Last globe", 8900, 1, "Desk"),
}


def articles_are_found_by_word_and_by_category(world):
    world.shelves = Shelves(world.hub.url)
    for sku, (title, amount, stock, category) in SKUS.items():
        world.shelves.put(sku, title, amount, stock, category)
    ivy = world.ivy = Shopper(world.browser, world.hub.url, "ivy")
    for sku in SKUS:
        ivy.wait(f"document.querySelector('{card(sku)}')")
    ivy.sees_stock("t-mug", "In stock")
    ivy.sees_stock("t-last", "Only 1 left")
    assert "14.00" in ivy.run(f"document.querySelector('{card('t-mug')} .card-price').innerText")
    ivy.page.click(".shop-search input")
    ivy.page.type("trial")
    ivy.wait("document.querySelectorAll('.card-product').length === 1 "
             "&& location.search === '?q=trial'")
    ivy.wait("document.activeElement.matches('.shop-search input')")
    ivy.go("/shop")
    ivy.wait("[...document.querySelectorAll('.chip')].some((each) => each.innerText === 'Desk')")
    ivy.page.click(".chip[href$='category=Desk']")
    ivy.wait(f"!document.querySelector('{card('t-mug')}')")
    assert ivy.run(f"document.querySelector('{card('t-lamp')}') !== null")
    ivy.page.key("ArrowLeft", "Alt")
    ivy.run("history.back()")
    ivy.wait(f"document.querySelector('{card('t-mug')}')")


def stock_falls_in_one_tab_while_another_buys(world):
    ivy = world.ivy.go("/shop")
    joe = world.joe = Shopper(world.browser, world.hub.url, "joe")
    ivy.sees_stock("t-pan", "In stock")
    joe.sees_stock("t-pan", "In stock")
    joe.add("t-pan", 3)
    joe.counts(3)
    joe.check_out()
    ivy.sees_stock("t-pan", "Only 4 left")
    joe.page.click(".payment .button")
    joe.sees_state("paid")
    assert world.shelves.available("t-pan") == 4
    # On the page of the article, too, and when it comes back.
    ivy.page.click(f"{card('t-pan')} .card-title")
    ivy.wait("document.querySelector('.product .stock')?.innerText === 'Only 4 left'")
    world.shelves.adjust("t-pan", -4)
    ivy.wait("document.querySelector('.product .stock').innerText === 'Out of stock'")
    assert ivy.run("document.querySelector('.product-add').getAttribute('aria-disabled')") == "true"
    world.shelves.adjust("t-pan", 8)
    ivy.wait("document.querySelector('.product .stock').innerText === 'In stock'")


def a_price_changes_while_one_looks_at_it(world):
    ivy = world.ivy.go("/shop/item/t-lamp")
    ivy.wait("document.querySelector('.product-price')?.innerText.includes('129.00')")
    world.shelves.price("t-lamp", "Reading lamp", 11900, "Desk")
    ivy.wait("document.querySelector('.product-price').innerText.includes('119.00')")


def a_cart_is_the_same_in_all_tabs(world):
    ivy = world.ivy.go("/shop")
    other = ivy.second_tab()
    ivy.add("t-mug", 2)
    ivy.counts(2)
    other.counts(2)
    other.open_cart()
    other.wait("document.querySelector('.drawer .cart-line')")
    assert other.lines() == {"t-mug": 2}, other.lines()
    ivy.add("t-lamp")
    other.wait("document.querySelectorAll('.drawer .cart-line').length === 2")
    other.page.click(".drawer .cart-line[data-sku=t-mug] [aria-label='One more']")
    ivy.counts(4)
    assert not other.page.complaints(), other.page.complaints()
    other.page.close()


def a_visitors_cart_comes_along_at_the_sign_in(world):
    ivy = world.ivy
    ivy.sign_in()
    ivy.counts(4)
    ivy.open_cart()
    ivy.wait("document.querySelectorAll('.drawer .cart-line').length === 2")
    assert ivy.lines() == {"t-mug": 3, "t-lamp": 1}, ivy.lines()
    # The visitor's own cart is empty: it is nobody's any more.
    ivy.page.key("Escape")
    ivy.page.click(".who")
    ivy.pick("Sign out")
    ivy.wait("document.querySelector('.who-name')?.textContent === 'Sign in'")
    ivy.wait(f"document.querySelector('{card('t-mug')}')")
    ivy.wait("document.querySelector('.cart-button .badge').hidden")
    ivy.sign_in()
    ivy.counts(4)


def an_order_moves_on_its_page_as_staff_move_it(world):
    ivy = world.ivy
    order = world.order = ivy.check_out()
    ivy.wait("/^1?[0-9]:[0-5][0-9]$/.test(document.querySelector('.countdown-face').innerText)")
    kim = world.kim = Shopper(world.browser, world.hub.url, "kim", "/shop/staff")
    kim.sees_card(order, "unpaid")
    kim.move(order, "pay")
    ivy.sees_state("paid")
    kim.sees_card(order, "paid")
    kim.move(order, "pack")
    ivy.sees_state("packed")
    kim.sees_card(order, "packed")
    kim.move(order, "ship")
    kim.wait("document.activeElement.name === 'trackingNumber'")
    kim.page.type("1Z-TRACK-42")
    kim.page.key("Enter")
    ivy.sees_state("shipped")
    ivy.wait("document.querySelector('.tracking code')?.innerText === '1Z-TRACK-42'")
    ivy.wait("document.querySelector('.parcel-day strong')?.innerText")
    kim.sees_card(order, "shipped")
    kim.move(order, "deliver")
    ivy.sees_state("delivered")
    ivy.wait("document.querySelectorAll('.step-done').length === 5")
    ivy.wait("document.querySelectorAll('.timeline-item').length === 6")
    ivy.page.click(".orders-link")
    ivy.wait(f"document.querySelector('[data-order=\"{order}\"] .state')?.dataset.status "
             "=== 'delivered'")


def a_new_order_is_on_the_board_without_asking(world):
    ivy, kim = world.ivy, world.kim
    lists = ("performance.getEntriesByType('resource')"
             ".filter(({ name }) => name.includes('/api/orders?')).length")
    before = kim.run(lists)
    ivy.go("/shop").add("t-mug")
    ivy.counts(1)
    order = ivy.check_out()
    kim.sees_card(order, "unpaid")
    assert "ivy" in kim.run(f"document.querySelector('[data-order=\"{order}\"]').innerText")
    kim.wait(f"document.querySelector('[data-order=\"{order}\"] .countdown-face')")
    ivy.page.click(".order-side .button-danger")
    ivy.page.click("dialog .button-danger")
    kim.sees_card(order, "closed")
    assert kim.run(lists) == before
    ivy.page.click(".orders-link")
    ivy.wait(f"document.querySelector('[data-order=\"{world.order}\"]')")


def a_refund_reaches_the_list_of_orders(world):
    ivy, kim = world.ivy, world.kim
    kim.move(world.order, "refund")
    kim.wait("document.activeElement.name === 'amount'")
    kim.run("document.activeElement.select()")
    kim.page.type("10.00")
    kim.run("document.querySelector('dialog [name=reason]').focus()")
    kim.page.type("A dent")
    kim.page.key("Enter")
    ivy.wait(f"document.querySelector('[data-order=\"{world.order}\"] .state').dataset.status "
             "=== 'partially_refunded'")
    ivy.page.click(f"[data-order='{world.order}']")
    ivy.wait("document.querySelector('.order')?.innerText.includes('A dent')")


def what_sold_out_during_the_checkout_is_said(world):
    ivy = world.ivy.go("/shop")
    ivy.add("t-last")
    ivy.add("t-mug")
    ivy.counts(2)
    ivy.go("/shop/checkout")
    ivy.fill_address()
    ivy.wait("document.querySelectorAll('.checkout .cart-line').length === 2")
    # Somebody else is quicker; the page says so before anything is pressed.
    world.shelves.adjust("t-last", -1)
    ivy.wait("document.querySelector('.checkout [data-sku=t-last] .cart-problem').innerText"
             ".includes('out of stock')")
    ivy.place()
    ivy.wait("document.querySelector('.alert')?.innerText.includes('Last globe')")
    ivy.page.click(".checkout [data-sku=t-last] .cart-problem .link")
    ivy.wait("document.querySelectorAll('.checkout .cart-line').length === 1")


def who_has_not_heard_is_told_by_the_hub(world):
    """The stock is gone and the page does not know: the hub refuses, and the cart stays."""
    ivy = world.ivy
    world.shelves.adjust("t-last", 1)
    ivy.go("/shop")
    ivy.sees_stock("t-last", "Only 1 left")
    ivy.add("t-last")
    ivy.counts(2)
    ivy.go("/shop/checkout")
    ivy.fill_address()
    ivy.wait("document.querySelectorAll('.checkout .cart-line').length === 2")
    # The page asks for the last one at the very moment somebody else has got it.
    ivy.before_checkout("POST", "/items/t-last/adjust", {"delta": -1, "reason": "sold"})
    ivy.place()
    ivy.wait("document.querySelector('.alert')?.innerText.includes('Sold out meanwhile')")
    assert "Last globe" in ivy.run("document.querySelector('.alert').innerText")
    ivy.wait("document.querySelectorAll('.checkout .cart-line').length === 2")
    # What is told of the stock moves the lines; only then they are clicked.
    ivy.wait("document.querySelector('.checkout [data-sku=t-last] .cart-problem .link')")
    ivy.page.click(".checkout [data-sku=t-last] .cart-problem .link")
    wait(lambda: len(Shelves(world.hub.url, "ivy").ask("GET", "/cart")["lines"]) == 1, "one line")


def a_total_that_changed_is_shown_before_it_is_paid(world):
    ivy = world.ivy
    # As it is pressed: before, the page might notice.
    ivy.before_checkout("PUT", "/products/t-mug", {
        "title": "Tin mug", "category": "Kitchen", "price": {"amount": 1500, "currency": "EUR"}})
    ivy.place()
    ivy.wait("document.querySelector('.alert')?.innerText.includes('The total has changed')")
    ivy.wait("document.querySelector('.total-line-last').innerText.includes('15.00')")
    ivy.place()
    ivy.wait("document.querySelector('.payment .button')?.innerText.includes('15.00')")


def a_cancelled_order_gives_its_goods_back(world):
    ivy, kim = world.ivy, world.kim
    before = world.shelves.available("t-mug")
    ivy.page.click(".order-side .button-danger")
    ivy.page.click("dialog .button-danger")
    ivy.sees_state("cancelled")
    wait(lambda: world.shelves.available("t-mug") == before + 1, "the mug to be back")
    ivy.page.click(".alert-calm .button")
    ivy.wait("document.querySelector('.drawer[open] .cart-line[data-sku=t-mug]')")
    ivy.page.key("Escape")
    kim.wait("document.querySelector('[data-column=closed] .board-card')")


def staff_receive_and_see_who_holds(world):
    ivy, kim = world.ivy, world.kim
    kim.run("location.hash = '#/stock'")
    row = "tr[data-sku=t-mug]"
    kim.wait(f"document.querySelector('{row}')")
    number = f"Number(document.querySelector('{row} [data-label=\"On hand\"]').innerText)"
    before = world.shelves.ask("GET", "/items/t-mug")["onHand"]
    kim.wait(f"{number} === {before}")
    kim.page.click(f"{row} [aria-label^=Receive]")
    kim.wait("document.activeElement.name === 'quantity'")
    kim.page.type("5")
    kim.page.key("Enter")
    kim.wait(f"{number} === {before + 5}")
    ivy.check_out()
    held = f"document.querySelector('{row} [data-label=Held]').innerText"
    kim.wait(f"{held} === '1'")
    kim.page.click(f"{row} [data-label=Held] button")
    kim.wait("document.querySelectorAll('dialog .hold-row').length === 1")
    kim.wait("document.querySelector('dialog .countdown-face').innerText.includes(':')")
    kim.page.click("dialog .hold-row .button-danger")
    kim.wait("document.querySelector('dialog').innerText.includes('Nobody holds any')")
    kim.wait(f"{held} === '0'")
    kim.page.key("Escape")
    kim.page.click(f"{row} [aria-label^=Moves]")
    kim.wait("document.querySelector('.moves tbody tr')?.innerText.includes('Released')")
    kim.wait("document.querySelector('.moves').innerText.includes('+5')")
    kim.page.key("Escape")


def an_offline_tab_catches_up_with_stock_and_orders(world):
    ivy, kim = world.ivy, world.kim
    ivy.go("/shop")
    ivy.sees_stock("t-lamp", "Only 5 left")
    ivy.page.offline(True)
    ivy.wait("document.querySelector('.status')?.innerText.includes('Offline')")
    world.shelves.adjust("t-lamp", -2)
    kim.wait("document.querySelector('tr[data-sku=t-lamp] [data-label=Available]').innerText"
             " === '3'")
    assert "5 left" in ivy.run(f"document.querySelector('{card('t-lamp')} .stock').innerText")
    ivy.page.offline(False)
    ivy.sees_stock("t-lamp", "Only 3 left", patience=25)
    ivy.wait("document.querySelector('.status').hidden", 20)


def a_killed_hub_keeps_stock_cart_and_orders(world):
    ivy = world.ivy.go("/shop")
    ivy.add("t-lamp")
    ivy.counts(1)
    ivy.open_cart()
    ivy.wait("document.querySelector('.drawer .cart-line')")
    ivy.page.key("Escape")
    wait(lambda: Shelves(world.hub.url, "ivy").ask("GET", "/cart")["lines"], "the cart stored")
    world.hub.kill()
    ivy.wait("document.querySelector('.status').innerText.includes('econnecting')", 15)
    world.hub.start()
    ivy.wait("document.querySelector('.status').hidden", 25)
    assert world.shelves.available("t-lamp") == 3
    world.shelves.adjust("t-lamp", -1)
    ivy.sees_stock("t-lamp", "Only 2 left", patience=25)
    ivy.counts(1)


def the_cart_is_used_by_keyboard_alone(world):
    ivy = world.ivy.go("/shop")
    ivy.wait(f"document.querySelector('{card('t-lamp')}')")
    if world.hub.can_restart:
        ivy.counts(1)
    else:
        ivy.add("t-lamp")
    ivy.run("document.querySelector('.cart-button').focus()")
    ivy.page.key("Enter")
    ivy.wait("document.activeElement.closest('.drawer')")
    for _ in range(30):
        ivy.page.key("Tab")
        if ivy.run("document.activeElement.matches('.drawer [aria-label=\"One more\"]')"):
            break
    ivy.page.key("Enter")
    ivy.counts(2)
    assert ivy.run("document.activeElement.matches('.drawer [aria-label=\"One more\"]')"), \
        "the focus stays where it was"
    ivy.page.key("Escape")
    ivy.wait("document.activeElement.matches('.cart-button')")


def narrow_screens_of_the_shop_show_all(world):
    lee = world.lee = Shopper(world.browser, world.hub.url, "lee", "/shop", 390, 844)
    lee.page.scheme("dark")
    for path, there in (("/shop", ".card-product"), ("/shop/item/t-mug", ".product-add"),
                        ("/shop/staff#/stock", ".stock-table tbody tr"),
                        ("/shop/staff", ".board-card")):
        lee.go(path)
        if "#" in path:
            lee.page.call("Page.reload")
        lee.wait(f"document.querySelector('{there}')?.checkVisibility()", what=path)
        assert lee.run("document.documentElement.scrollWidth") == 390, path
    assert lee.run("getComputedStyle(document.body).backgroundColor") == "rgb(23, 25, 27)"


def no_shop_page_has_complained(world):
    for shopper in (world.ivy, world.joe, world.kim, world.lee):
        # A refused checkout is what was tried, and is logged by the browser.
        complaints = [each for each in shopper.page.complaints() if "Failed to load" not in each
                      and "ERR_CONNECTION_REFUSED" not in each]
        assert not complaints, (shopper.name, complaints)


def wait(condition, what, patience=10):
    end = time.monotonic() + patience
    while not condition():
        if time.monotonic() > end:
            raise Timeout(f"waited for {what}")
        time.sleep(0.05)


SHOP_SCENARIOS = [
    articles_are_found_by_word_and_by_category,
    stock_falls_in_one_tab_while_another_buys,
    a_price_changes_while_one_looks_at_it,
    a_cart_is_the_same_in_all_tabs,
    a_visitors_cart_comes_along_at_the_sign_in,
    an_order_moves_on_its_page_as_staff_move_it,
    a_new_order_is_on_the_board_without_asking,
    a_refund_reaches_the_list_of_orders,
    what_sold_out_during_the_checkout_is_said,
    who_has_not_heard_is_told_by_the_hub,
    a_total_that_changed_is_shown_before_it_is_paid,
    a_cancelled_order_gives_its_goods_back,
    staff_receive_and_see_who_holds,
    an_offline_tab_catches_up_with_stock_and_orders,
    a_killed_hub_keeps_stock_cart_and_orders,
    the_cart_is_used_by_keyboard_alone,
    narrow_screens_of_the_shop_show_all,
    no_shop_page_has_complained,
]
SHOP_NEEDS_RESTART = {a_killed_hub_keeps_stock_cart_and_orders}
