import Testing

@testable import Hub

@Suite("Items")
struct StockTopicTests {
    @Test(
        "However many want them at once, no more pieces are held than there are",
        arguments: [(200, 1), (1_000, 100)]
    )
    func race(buyers: Int, pieces: Int64) async throws {
        let bench = StockBench()
        _ = try await bench.staff("receive", ["quantity": .int(pieces)])
        // A turn that is undone in the middle of it must not count.
        bench.journal.failNextAppends(1)
        var lucky = 0
        for _ in 0..<2 {
            let asks = try (0..<buyers).map { buyer in
                try StockBench.ask(
                    "reserve",
                    "item:a",
                    ["data": ["quantity": 1]],
                    key: "k-\(buyer)",
                    by: "user-\(buyer)"
                )
            }
            let answers = await bench.perform(asks)
            lucky = answers.count { if case .success = $0 { true } else { false } }
            let codes = answers.compactMap { answer -> RejectionCode? in
                if case .failure(let rejection) = answer { rejection.code } else { nil }
            }
            #expect(codes.allSatisfy { $0 == .insufficientStock || $0 == .unavailable })
        }
        #expect(lucky == Int(pieces))
        let stock = try await bench.user("stock")
        #expect(stock["available"]?.int == 0)
        #expect(stock["reserved"]?.int == pieces)
        let topic = try TopicID("item:a")
        let records = try await bench.journal.read(topic, after: 0, limit: .max)
        #expect(records.count { $0.type == "stock_reserved" } == Int(pieces))
    }

    @Test("A hold expires by itself, is swept up once, and can be committed late while stock lasts")
    func expiry() async throws {
        let bench = StockBench()
        _ = try await bench.staff("receive", ["quantity": 2])
        let first = try await bench.user("reserve", ["quantity": 2, "ttlSeconds": 10])
        await #expect(throws: Rejection.self) {
            try await bench.user("reserve", ["quantity": 1], by: "bob")
        }
        bench.pass(.seconds(10))
        #expect(try await bench.user("stock")["available"]?.int == 2)
        #expect(await bench.sweep() == 1)
        #expect(await bench.sweep() == 0)
        let records = try await bench.journal.read(try TopicID("item:a"), after: 0, limit: .max)
        #expect(
            records.map(\.type) == [
                "stock_received", "stock_reserved", "reservation_expired",
            ]
        )
        let id = try #require(first["reservationId"]?.string)
        #expect(id.hasSuffix(".a"))
        let sold = try await bench.user("commit", ["reservationId": .string(id)])
        #expect(sold["onHand"]?.int == 0)
        // Once more, without a key: it is so already.
        let again = try await bench.user("commit", ["reservationId": .string(id)])
        #expect(again["version"] == sold["version"])
    }

    @Test("A late commit of pieces that somebody else holds by then is a conflict")
    func lateCommit() async throws {
        let bench = StockBench()
        _ = try await bench.staff("receive", ["quantity": 1])
        let first = try await bench.user("reserve", ["quantity": 1, "ttlSeconds": 5])
        bench.pass(.seconds(6))
        _ = try await bench.user("reserve", ["quantity": 1], by: "bob")
        let data: JSON = ["reservationId": first["reservationId"] ?? .null]
        let ask = try StockBench.ask("commit", "item:a", ["data": data])
        guard case .failure(let rejection) = await bench.perform([ask])[0] else {
            Issue.record("It was sold twice.")
            return
        }
        #expect(rejection.code == .conflict)
    }

    @Test("What is received once is not sold twice, also when its command is repeated much later")
    func repeated() async throws {
        let first = StockBench()
        let receive = try StockBench.ask(
            "receive",
            "item:a",
            ["data": ["quantity": 100]],
            key: "delivery",
            isStaff: true
        )
        _ = try await first.perform([receive])[0].get()
        _ = try await first.user("reserve", ["quantity": 100], by: "bob")
        // Another process on the same journal doesn't remember the key.
        let bench = StockBench(journal: first.journal)
        let reserve = try StockBench.ask("reserve", "item:a", ["data": ["quantity": 1]], key: "r")
        let answers = await bench.perform([receive, reserve, receive])
        #expect(try answers[0].get()["version"] == 1)
        #expect(try answers[2].get()["version"] == 1)
        guard case .failure(let rejection) = answers[1] else {
            Issue.record("It was sold without being there.")
            return
        }
        #expect(rejection.code == .insufficientStock)
    }

    @Test("A command that comes twice at once is carried out once")
    func twice() async throws {
        let bench = StockBench()
        let receive = try StockBench.ask(
            "receive",
            "item:a",
            ["data": ["quantity": 3]],
            key: "delivery",
            isStaff: true
        )
        let take = try StockBench.ask(
            "reserve",
            "item:a",
            ["data": ["quantity": 4]],
            key: "r",
            by: "bob"
        )
        let answers = await bench.perform([receive, receive, take, take])
        #expect(try answers[0].get() == answers[1].get())
        #expect(throws: Rejection.self) { try answers[2].get() }
        #expect(throws: Rejection.self) { try answers[3].get() }
        #expect(try await bench.user("stock")["onHand"] == 3)
    }

    @Test("Who holds pieces and asks again holds so many as are asked for, in one hold")
    func resize() async throws {
        let bench = StockBench()
        _ = try await bench.staff("receive", ["quantity": 5])
        let first = try await bench.user("reserve", ["quantity": 2])
        let second = try await bench.user("reserve", ["quantity": 5])
        #expect(first["reservationId"] == second["reservationId"])
        #expect(second["available"]?.int == 0)
        let third = try await bench.user("reserve", ["quantity": 1])
        #expect(third["available"]?.int == 4)
    }

    @Test("What staff hold for a name is not the user's of that name")
    func named() async throws {
        let bench = StockBench()
        _ = try await bench.staff("receive", ["quantity": 5])
        let held = try await bench.staff("reserve", ["quantity": 1, "holder": "ada"])
        let data: JSON = ["reservationId": held["reservationId"] ?? .null]
        await #expect(throws: Rejection.self) { try await bench.user("release", data) }
        await #expect(throws: Rejection.self) {
            try await bench.user("reserve", ["quantity": 1, "holder": "bob"])
        }
        _ = try await bench.staff("release", data)
        #expect(try await bench.user("stock")["available"]?.int == 5)
    }

    @Test("Staff alone receive, adjust, set thresholds and see the moves and the log")
    func staff() async throws {
        let bench = StockBench()
        _ = try await bench.staff("receive", ["quantity": 3, "reference": "note 7"])
        for (action, data) in [
            ("receive", ["quantity": 1]), ("adjust", ["delta": 1, "reason": "found"]),
            ("setThreshold", ["lowStock": 1]), ("moves", [:]), ("log", [:]), ("expire", [:]),
        ] as [(String, JSON)] {
            await #expect(throws: Rejection.self, "\(action)") {
                try await bench.user(action, data)
            }
        }
        _ = try await bench.staff("adjust", ["delta": -1, "reason": "broken"])
        let moves = try await bench.staff("moves", [:])["moves"]?.array ?? []
        #expect(moves.map { $0["version"]?.int } == [2, 1])
        #expect(moves.first?["event"] == "stock_adjusted")
        let topic = try TopicID("item:a")
        let ask = Ask(
            action: "moves",
            topic: topic,
            fields: ["after": 2, "limit": 1],
            principal: Principal(user: "clerk", isGuest: false, grants: .staff)
        )
        let older = try await bench.perform([ask])[0].get()
        #expect(older["moves"]?.array?.map { $0["version"]?.int } == [1])
        #expect(older["more"] == false)
        await #expect(throws: Rejection.self) {
            try await bench.staff("adjust", ["delta": -3, "reason": "lost"])
        }
    }

    @Test("Hostile numbers are refused")
    func hostile() async throws {
        let bench = StockBench()
        _ = try await bench.staff("receive", ["quantity": 1_000_000_000])
        for data: JSON in [
            ["quantity": 1], ["quantity": 0], ["quantity": -1], ["quantity": .int(.max)],
        ] {
            await #expect(throws: Rejection.self) { try await bench.staff("receive", data) }
        }
        for data: JSON in [
            ["quantity": 1000], ["quantity": 1, "ttlSeconds": 3601], ["quantity": .int(.min)],
            ["quantity": 1, "ttlSeconds": .int(.max)], ["quantity": .double(1.5)],
        ] {
            await #expect(throws: Rejection.self) { try await bench.user("reserve", data) }
        }
        for id in ["", ".", "1", "1.", "x.a", "-1.a", "99999999999999999999.a", "7.a"] {
            await #expect(throws: Rejection.self) {
                try await bench.user("commit", ["reservationId": .string(id)])
            }
        }
    }
}
