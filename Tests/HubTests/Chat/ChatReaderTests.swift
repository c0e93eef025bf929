import Testing

@testable import Hub

@Suite("Questions about committed chat")
struct ChatReaderTests {
    /// An archive that can't be read.
    private struct UnreadableArchive: ChatArchive {
        private static let failure = JournalError.corrupt("page 7 of the file")

        func messages(
            _ ids: [RecordID],
            in topic: TopicID
        ) async throws(JournalError) -> [MessageFact] { throw Self.failure }

        func history(
            of topic: TopicID,
            _ query: HistoryQuery
        ) async throws(JournalError) -> HistoryPage { throw Self.failure }

        func pages(
            of ids: [RecordID],
            in topic: TopicID
        ) async throws(JournalError) -> [StoredMessage] { throw Self.failure }

        func search(_ query: SearchQuery) async throws(JournalError) -> SearchPage {
            throw Self.failure
        }

        func rooms(_ query: RoomQuery) async throws(JournalError) -> RoomPage {
            throw Self.failure
        }

        func threads(
            followedBy user: String,
            limit: Int
        ) async throws(JournalError) -> [FollowedThread] { throw Self.failure }

        func unread(
            by user: String,
            after message: RecordID,
            behind: Int64,
            in topic: TopicID
        ) async throws(JournalError) -> Int64 { throw Self.failure }

        func mentions(
            of user: String,
            before: RecordID?,
            limit: Int
        ) async throws(JournalError) -> SearchPage { throw Self.failure }
    }

    private static let questions: [(String, JSON)] = [
        ("history", [:]), ("message", ["messageId": "1"]), ("pins", [:]),
        ("thread", ["threadId": "1"]), ("threads", [:]), ("mentions", [:]),
        ("search", ["query": "a"]), ("rooms", [:]),
    ]

    private func ask(
        _ action: String,
        _ fields: JSON = [:],
        in topic: TopicID?,
        as user: String = "ada",
        grants: Grants = .everything
    ) -> Ask {
        let principal = Principal(user: user, isGuest: false, grants: grants)
        return Ask(action: action, topic: topic, fields: fields, principal: principal)
    }

    /// A reader of that room, which admits by the room's own rules.
    private func reader(_ room: RoomScript) -> ChatReader {
        ChatReader(archive: room.archive) { topic, principal throws(Rejection) in
            let log = topic == room.topic ? room.log : ChatLog(topic: topic)
            let request = Request(principal: principal, at: room.now) { RecordID(1) }
            return try log.decide(.access, request).reply
        }
    }

    /// What is sent to the client, parsed again.
    private func answer(_ room: RoomScript, _ ask: Ask) async throws -> JSON {
        try JSONParser.parse(try await reader(room).answer(ask).encoded())
    }

    private func ids(_ json: JSON?) -> [RecordID] {
        json?.array?.compactMap { $0["id"]?.recordID } ?? []
    }

    @Test("Each question asks the room first where it names one", arguments: questions)
    func admission(action: String, fields: JSON) async throws {
        #expect(ChatReader.answers(action))
        var room = try RoomScript()
        try room.create("ada", .private)
        guard action != "rooms", action != "threads", action != "mentions" else { return }
        let ask = ask(action, fields, in: room.topic, as: "eve")
        let rejection = await #expect(throws: Rejection.self) {
            try await reader(room).answer(ask)
        }
        #expect(rejection?.code == .notFound)
    }

    @Test("An archive's failure is told as unavailable, without its words", arguments: questions)
    func failure(action: String, fields: JSON) async throws {
        let reader = ChatReader(archive: UnreadableArchive()) { _, _ throws(Rejection) in
            ["pins": ["1"]]
        }
        let ask = ask(action, fields, in: try TopicID("room:general"))
        let rejection = await #expect(throws: Rejection.self) { try await reader.answer(ask) }
        #expect(rejection == .unavailable)
    }

    private static let refused: [(String, JSON, RejectionCode)] = [
        ("history", ["limit": 0], .badRequest), ("history", ["limit": 201], .badRequest),
        ("history", ["limit": "9"], .badRequest), ("history", ["before": 7], .badRequest),
        ("history", ["before": "1", "after": "2"], .badRequest),
        ("history", ["around": "x"], .badRequest), ("message", [:], .badRequest),
        ("message", ["messageId": "1"], .notFound), ("thread", [:], .badRequest),
        ("thread", ["threadId": "1"], .notFound), ("search", [:], .badRequest),
        ("search", ["query": " "], .badRequest), ("search", ["query": "a\n"], .badRequest),
        ("search", ["query": .string(String(repeating: "x", count: 257))], .badRequest),
        ("search", ["query": "a", "limit": 101], .badRequest),
        ("search", ["query": "a", "by": "a "], .badRequest),
        ("mentions", ["limit": -1], .badRequest), ("rooms", ["scope": "all"], .badRequest),
        ("rooms", ["after": "general"], .badTopic), ("post", [:], .unknownAction),
    ]

    @Test("A question out of its bounds is refused", arguments: refused)
    func refuses(action: String, fields: JSON, code: RejectionCode) async throws {
        let room = try RoomScript()
        let ask = ask(action, fields, in: room.topic)
        let rejection = await #expect(throws: Rejection.self) {
            try await reader(room).answer(ask)
        }
        #expect(rejection?.code == code)
    }

    @Test("A room's questions need a room")
    func needsRoom() async throws {
        let room = try RoomScript()
        for (topic, code) in [(nil, RejectionCode.badRequest), (try TopicID("user:a"), .badTopic)] {
            let rejection = await #expect(throws: Rejection.self) {
                try await reader(room).answer(ask("history", in: topic))
            }
            #expect(rejection?.code == code)
        }
    }

    @Test("History comes in pages, oldest first, and says what more there is")
    func history() async throws {
        var room = try RoomScript()
        let ids = try (0..<10).map { try room.post("ada", "m\($0)") }
        let cases: [(JSON, Range<Int>)] = [
            (["limit": 4], 6..<10), (["limit": 4, "before": .string(ids[6].description)], 2..<6),
            (["limit": 4, "before": .string(ids[2].description)], 0..<2),
            (["limit": 4, "after": .string(ids[2].description)], 3..<7),
            (["limit": 4, "after": .string(ids[7].description)], 8..<10),
            (["limit": 4, "around": .string(ids[5].description)], 3..<7),
            (["limit": 5, "around": .string(ids[5].description)], 3..<8),
            (["limit": 5, "around": .string(ids[0].description)], 0..<3),
            (["limit": 5, "around": .string(ids[9].description)], 7..<10),
            (["limit": 1, "around": .string(ids[5].description)], 5..<6),
            ([:], 0..<10), (["before": .string(ids[0].description)], 0..<0),
            (["after": .string(ids[9].description)], 10..<10), (["after": "1"], 0..<10),
        ]
        for (fields, range) in cases {
            let page = try await answer(room, ask("history", fields, in: room.topic))
            #expect(self.ids(page["messages"]) == Array(ids[range]), "\(fields)")
            #expect(page["more"]?["before"] == .bool(range.lowerBound > 0), "\(fields)")
            #expect(page["more"]?["after"] == .bool(range.upperBound < 10), "\(fields)")
        }
    }

    @Test("A page of history is bounded in bytes, and paging goes on where it was cut")
    func largeHistory() async throws {
        var room = try RoomScript()
        let content = String(repeating: "\"", count: 16_000)
        let all = try (0..<40).map { _ in try room.post("ada", content) }
        var found: [RecordID] = []
        var fields: JSON = ["limit": 200]
        for _ in 0..<40 {
            let reply = try await reader(room).answer(ask("history", fields, in: room.topic))
            #expect(reply.encoded().count < ChatLimits.pageBytes + 1_000)
            let page = try JSONParser.parse(reply.encoded())
            found = ids(page["messages"]) + found
            guard page["more"]?["before"] == true, let first = found.first else { break }
            fields = ["limit": 200, "before": .string(first.description)]
        }
        #expect(found == all)
        let around: JSON = ["limit": 200, "around": .string(all[20].description)]
        let page = try await answer(room, ask("history", around, in: room.topic))
        #expect(ids(page["messages"]).contains(all[20]))
        #expect(page["more"] == ["before": true, "after": true])
    }

    @Test("A thread comes with its root, its followers and only its replies")
    func thread() async throws {
        var room = try RoomScript()
        let root = try room.post("ada")
        try room.post("bob")
        let replies = try (0..<3).map { try room.post("bob", "r\($0)", thread: root) }
        try room.ask("bob", .follow(thread: root))
        let fields: JSON = ["threadId": .string(root.description), "limit": 2]
        let thread = try await answer(room, ask("thread", fields, in: room.topic))
        #expect(thread["root"]?["id"]?.recordID == root)
        #expect(ids(thread["messages"]) == [replies[1], replies[2]])
        #expect(thread["replyCount"] == 3)
        #expect(thread["followers"] == ["bob"])
        #expect(thread["more"] == ["before": true, "after": false])
        let followed = try await answer(room, ask("threads", in: nil, as: "bob"))
        let line = try #require(followed["threads"]?.array?.first)
        #expect(line["topic"] == "room:general")
        #expect(line["root"]?["id"]?.recordID == root)
        #expect(line["replyCount"] == 3)
        #expect(line["lastReplyAt"]?.timestamp == room.now.advanced(by: -1))
        let others = try await answer(room, ask("threads", in: nil, as: "eve"))
        #expect(others["threads"] == [])
    }

    @Test("Pins come in the order of pinning, and a message alone as history has it")
    func pins() async throws {
        var room = try RoomScript()
        try room.create()
        let ids = try (0..<3).map { try room.post("ada", "m\($0)") }
        #expect(try await answer(room, ask("pins", in: room.topic))["messages"] == [])
        for id in [ids[2], ids[0]] { try room.ask("ada", .pin(message: id)) }
        let pins = try await answer(room, ask("pins", in: room.topic))
        #expect(self.ids(pins["messages"]) == [ids[2], ids[0]])
        let fields: JSON = ["messageId": .string(ids[0].description)]
        let message = try await answer(room, ask("message", fields, in: room.topic))["message"]
        #expect(message?["content"] == "m0")
        #expect(message?["pinned"] == true)
        #expect(message?["position"] == "0:3")
    }

    @Test("Search finds all words in any case, marks them, and passes by what is gone")
    func search() async throws {
        var room = try RoomScript()
        try room.create()
        let first = try room.post("ada", "The Quick fox")
        let second = try room.post("bob", "quick, quick: fox!")
        try room.ask("cem", .enter)
        let gone = try room.post("ada", "quick fox gone")
        try room.ask("ada", .delete(message: gone))
        try room.post("ada", "slow fox joined")
        let cases: [(JSON, [RecordID])] = [
            (["query": "QUICK fox"], [second, first]),
            (["query": "fox quick", "by": "ada"], [first]),
            (["query": "quick", "before": .string(second.description)], [first]),
            (["query": "absent"], []), (["query": "cem"], []), (["query": "\"* OR"], []),
        ]
        for (fields, found) in cases {
            for topic in [room.topic, nil] {
                let page = try await answer(room, ask("search", fields, in: topic))
                let hits = page["hits"]?.array ?? []
                #expect(hits.compactMap { $0["message"]?["id"]?.recordID } == found, "\(fields)")
                #expect(page["more"] == false)
            }
        }
        let limited: JSON = ["query": "quick fox", "limit": 1]
        let page = try await answer(room, ask("search", limited, in: nil))
        #expect(page["more"] == true)
        let snippet = page["hits"]?.array?.first?["snippet"]
        #expect(snippet == "\u{2}quick\u{3}, quick: \u{2}fox\u{3}!")
    }

    @Test("Questions across rooms answer with what the grants let one join")
    func grants() async throws {
        var room = try RoomScript()
        try room.create()
        let message = try room.post("ada", "open to all @bob")
        try room.ask("bob", .follow(thread: message))
        let questions: [(String, JSON, String)] = [
            ("search", ["query": "open"], "hits"), ("mentions", [:], "hits"),
            ("threads", [:], "threads"), ("rooms", ["scope": "public"], "rooms"),
        ]
        let patterns = [(room.topic.text, 1), ("room:other", 0), ("stream:*", 0)]
        for (action, fields, name) in questions {
            for (pattern, count) in patterns {
                let grants = Grants(rules: [.init(pattern: pattern, actions: ["join"])])
                let ask = ask(action, fields, in: nil, as: "bob", grants: grants)
                let answer = try await answer(room, ask)
                #expect(answer[name]?.array?.count == count, "\(action) \(pattern)")
                #expect(answer["more"] != true)
            }
        }
    }

    @Test("Nobody finds what is in rooms that they can't read")
    func confidential() async throws {
        var room = try RoomScript()
        try room.create("ada", .private, members: ["bob"])
        let message = try room.post("ada", "secret @bob")
        try room.ask("bob", .follow(thread: message))
        let search: JSON = ["query": "secret"]
        let inside = try await answer(room, ask("search", search, in: nil, as: "bob"))
        #expect(inside["hits"]?.array?.count == 1)
        let mentions = try await answer(room, ask("mentions", in: nil, as: "bob"))
        #expect(mentions["hits"]?.array?.count == 1)
        try room.ask("ada", .kick(user: "bob", reason: nil))
        for user in ["bob", "eve"] {
            let found = try await answer(room, ask("search", search, in: nil, as: user))
            #expect(found["hits"] == [])
            #expect(try await answer(room, ask("mentions", in: nil, as: user))["hits"] == [])
            #expect(try await answer(room, ask("threads", in: nil, as: user))["threads"] == [])
            #expect(try await answer(room, ask("rooms", in: nil, as: user))["rooms"] == [])
            let open = try await answer(room, ask("rooms", ["scope": "public"], in: nil, as: user))
            #expect(open["rooms"] == [])
        }
    }

    @Test("A list of public rooms has no last message of those that one is banned from")
    func banned() async throws {
        var room = try RoomScript()
        try room.create()
        try room.post("ada", "for those who are here")
        try room.ask("ada", .ban(user: "eve", until: nil, reason: nil))
        for (user, isTold) in [("bob", true), ("eve", false)] {
            let list = try await answer(room, ask("rooms", ["scope": "public"], in: nil, as: user))
            let line = try #require(list["rooms"]?.array?.first)
            #expect((line["lastMessage"]?["content"] != nil) == isTold, "\(user)")
        }
    }

    @Test("A user's rooms come with what is unread, and move on with the read marker")
    func rooms() async throws {
        var room = try RoomScript()
        try room.create("ada", .public, members: ["bob"])
        let ids = try (0..<4).map { try room.post("ada", "m\($0) @bob") }
        let before = try await answer(room, ask("rooms", in: nil, as: "bob"))
        var line = try #require(before["rooms"]?.array?.first)
        #expect(line["unread"] == 4)
        #expect(line["mentions"] == 4)
        #expect(line["readUpTo"] == .null)
        #expect(line["lastMessage"]?["id"]?.recordID == ids[3])
        #expect(line["role"] == "member")
        let marked = InboxEvent.readMarked(
            topic: room.topic.text,
            message: ids[2],
            number: 3,
            unread: 1
        )
        let draft = Draft(id: RecordID(1), author: "bob", at: room.now, key: nil, event: marked)
        room.archive.absorb([Record(draft, offset: 1)], of: try TopicID("user:bob"))
        let after = try await answer(room, ask("rooms", in: nil, as: "bob"))
        line = try #require(after["rooms"]?.array?.first)
        #expect(line["unread"] == 1)
        #expect(line["mentions"] == 1)
        #expect(line["readUpTo"]?.recordID == ids[2])
        let open = try await answer(room, ask("rooms", ["scope": "public"], in: nil, as: "eve"))
        #expect(open["rooms"]?.array?.first?["topic"] == "room:general")
    }

    @Test("Lists of rooms are paged: one's own by the last message, public ones by topic")
    func pagedRooms() async throws {
        let archive = InMemoryChatArchive { Timestamp(milliseconds: 1) }
        for (index, name) in ["b", "d", "a", "c"].enumerated() {
            let topic = try TopicID(.room, name)
            var events: [ChatEvent] = [.memberJoined(user: "ada", role: .member)]
            if name != "d", name != "c" {
                var message = ChatEventTests.message
                message.id = RecordID(Int64(index + 1))
                events.append(.message(message))
            }
            let records = events.enumerated().map { offset, event in
                let at = Timestamp(milliseconds: 1)
                let draft = Draft(id: RecordID(9), author: "ada", at: at, key: nil, event: event)
                return Record(draft, offset: Offset(offset + 1))
            }
            archive.absorb(records, of: topic)
        }
        for (scope, order) in [("mine", ["a", "b", "c", "d"]), ("public", ["a", "b", "c", "d"])] {
            let reader = ChatReader(archive: archive) { _, _ throws(Rejection) in [:] }
            var names: [String] = []
            var fields: JSON = ["scope": .string(scope), "limit": 3]
            for _ in 0..<3 {
                let reply = try await reader.answer(ask("rooms", fields, in: nil)).encoded()
                let page = try JSONParser.parse(reply)
                names += page["rooms"]?.array?.compactMap { $0["roomId"]?.string } ?? []
                guard page["more"] == true, let last = names.last else { break }
                fields = ["scope": .string(scope), "limit": 3, "after": .string("room:" + last)]
            }
            #expect(names == order, "\(scope)")
        }
    }
}

extension Timestamp {
    fileprivate func advanced(by milliseconds: Int64) -> Timestamp {
        Timestamp(milliseconds: self.milliseconds + milliseconds)
    }
}
