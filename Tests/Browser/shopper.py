"""What somebody does in the shop, and the shop's shelves, filled by the REST interface."""

import json
import urllib.error
import urllib.request

from person import quote


class Shelves:
    """Puts articles there and changes their stock, as one of the staff."""

    def __init__(self, url, name="kim"):
        self.url = url
        self.name = name

    def ask(self, method, path, body=None):
        request = urllib.request.Request(
            f"{self.url}/api{path}", method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"content-type": "application/json", "x-martlet-name": self.name})
        try:
            with urllib.request.urlopen(request, timeout=10) as reply:
                return json.load(reply)
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{method} {path}: {error.code} {error.read()}") from None

    def put(self, sku, title, amount, stock, category="Kitchen", currency="EUR"):
        self.price(sku, title, amount, category, currency)
        if stock:
            self.ask("POST", f"/items/{sku}/receive", {"quantity": stock})

    def price(self, sku, title, amount, category="Kitchen", currency="EUR"):
        self.ask("PUT", f"/products/{sku}", {
            "title": title, "description": f"{title}, to try.", "category": category,
            "image": "", "active": True, "price": {"amount": amount, "currency": currency}})

    def adjust(self, sku, delta):
        self.ask("POST", f"/items/{sku}/adjust", {"delta": delta, "reason": "counted"})

    def available(self, sku):
        return self.ask("GET", f"/items/{sku}")["available"]


class Shopper:
    """A tab with the shop or its staff's page; a visitor until they sign in."""

    def __init__(self, browser, url, name, path="/shop", width=1280, height=800):
        self.name = name
        self.url = url
        self.browser = browser
        self.page = browser.page(url + path, width, height)

    def second_tab(self, path="/shop"):
        other = Shopper.__new__(Shopper)
        other.name, other.url, other.browser = self.name, self.url, self.browser
        other.page = self.browser.tab(self.page.context, self.url + path)
        return other

    def go(self, path):
        self.page.go(self.url + path)
        return self

    def sign_in(self):
        self.page.click(".who")
        self.pick("Sign in")
        self.wait("document.querySelector('input[name=name]') === document.activeElement")
        self.page.type(self.name)
        self.page.key("Enter")
        self.wait(f"document.querySelector('.who-name')?.textContent.includes({quote(self.name)})",
                  what=f"{self.name} to be signed in")

    def pick(self, item):
        find = (f"[...document.querySelectorAll('[role=menuitem]')]"
                f".find((each) => each.innerText === {quote(item)})")
        self.wait(find, what=f"menu item {item}")
        self.run(f"{find}.setAttribute('data-picked', '')")
        self.page.click("[data-picked]")

    def sees_stock(self, sku, words, patience=10):
        self.wait(f"document.querySelector('{card(sku)} .stock')?.innerText === {quote(words)}",
                  patience, f"{self.name} to see {words!r} of {sku}")

    def add(self, sku, times=1):
        for _ in range(times):
            self.page.click(f"{card(sku)} .card-add")

    def counts(self, count):
        self.wait("document.querySelector('.cart-button .badge').textContent === "
                  f"{quote(str(count))} && !document.querySelector('.cart-button .badge').hidden",
                  what=f"{self.name} to have {count} in the cart")

    def open_cart(self):
        self.page.click(".cart-button")
        self.wait("document.querySelector('.drawer[open]')")

    def lines(self, scope=".drawer"):
        """`{sku: quantity}` of the cart as it is shown."""
        return self.run(f"""Object.fromEntries(
            [...document.querySelectorAll('{scope} .cart-line')].map((row) => [row.dataset.sku,
                Number(row.querySelector('.quantity-input').value)]))""")

    def fill_address(self):
        self.wait("document.querySelector('.address')")
        self.run("""for (const [name, value] of Object.entries({
            name: 'Ivy Jones', street: 'Mill Lane 4', postalCode: 'AB1 2CD', city: 'Leeds',
        })) document.querySelector(`.address [name=${name}]`).value = value""")

    def check_out(self):
        """From any page to the order; answers its id."""
        self.open_cart()
        self.page.click(".drawer-foot .button-primary")
        self.fill_address()
        self.place()
        self.wait("location.pathname.startsWith('/shop/orders/') "
                  "&& document.querySelector('.payment')", what="the order")
        return self.run("location.pathname.split('/').at(-1)")

    def place(self):
        self.wait("document.querySelectorAll('.checkout .cart-line').length > 0")
        self.page.click(".checkout-side .button-primary")

    def before_checkout(self, method, path, body):
        """Lets one of the staff do something between the press of the button and the hub."""
        self.run(f"""(() => {{
            const real = window.fetch;
            window.fetch = async (url, options) => {{
                if (String(url).endsWith('/checkout')) {{
                    window.fetch = real;
                    await real('/api{path}', {{ method: '{method}', headers: {{
                        'content-type': 'application/json', 'x-martlet-name': 'kim',
                    }}, body: {quote(json.dumps(body))} }});
                }}
                return real(url, options);
            }};
        }})()""")

    def sees_state(self, status, patience=10):
        self.wait(f"document.querySelector('.order .state')?.dataset.status === {quote(status)}",
                  patience, f"{self.name} to see the order {status}")

    def sees_card(self, order, column, patience=15):
        self.wait(f"document.querySelector('[data-column={column}] [data-order=\"{order}\"]')",
                  patience, f"{order} to be in {column}")

    def move(self, order, name):
        self.page.click(f"[data-order='{order}'] [data-move={name}]")

    def run(self, script):
        return self.page.run(script)

    def wait(self, condition, patience=10, what=None):
        return self.page.wait(condition, patience, what)


def card(sku):
    return f".card-product[data-sku={sku}]"
