"""Clients behind a balancer ask another node each time: what one has acknowledged, none refuses."""

import json

NODES = 3
ROUNDS = 20


def each_node_knows(call, root, kim):
    """`call(number, path, token, body, method=…)` asks a node over HTTP; root is of the staff."""
    def ask(number, token, path, body=None, method=None):
        data = None if body is None else json.dumps(body).encode()
        status, answer = call(number % NODES, path, token, data, method=method)
        assert status in (200, 201), f"{path} at node-{number % NODES}: {status} {answer}"
        return answer

    def play():
        held = {"quantity": 1, "ttlSeconds": 60}
        for number in range(ROUNDS):
            item, room = f"/api/items/a-{number}", f"/api/rooms/a-{number}"
            ask(number, root, f"{item}/receive", {"quantity": 1})
            hold = ask(number + 1, root, f"{item}/reservations", held)
            ask(number + 2, root, f"/api/reservations/{hold['reservationId']}/commit",
                {"reason": "sold"})
            ask(number, root, f"{item}/receive", {"quantity": 1})
            ask(number + 1, root, f"{item}/reservations", held)
            ask(number, root, "/api/rooms", {"room": f"a-{number}", "visibility": "private"})
            ask(number + 1, root, f"{room}/members", {"userId": "kim"})
            ask(number + 2, kim, f"{room}/presence")
            said = ask(number + 2, kim, f"{room}/messages", {"content": "hello"})
            ask(number, kim, f"{room}/messages/{said['messageId']}")
            # A wish that is fulfilled on a node only because it is behind.
            for visibility in ("public", "private"):
                ask(number + 1, root, room, {"visibility": visibility}, "PATCH")
                number += 1
            assert ask(number, root, room)["room"]["visibility"] == "private"

    def buy():
        ask(0, root, "/api/items/tea/receive", {"quantity": 3 * ROUNDS})
        ask(1, root, "/api/products/tea", {
            "title": "Tea", "price": {"amount": 350, "currency": "EUR"}, "active": True}, "PUT")
        for number in range(ROUNDS):
            for quantity in (1, 2):
                ask(number + quantity, kim, "/api/cart/lines/tea", {"quantity": quantity},
                    "PUT")
            order = ask(number, kim, "/api/cart/checkout", {})
            assert order["total"]["amount"] == 700, order

    play()
    buy()
