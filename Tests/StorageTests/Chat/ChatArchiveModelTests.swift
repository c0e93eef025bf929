import Hub
import JournalContract
import Storage
import Testing

/// The archive in SQLite answers what the plain one in memory answers.
@Suite struct ChatArchiveModelTests {
    @Test("Every question has the model's answer, at any time", arguments: [UInt64(1), 22, 333])
    func answers(seed: UInt64) async throws {
        let twins = try Twins()
        var dice = try ChatDice(seed: seed)
        let users = try ChatDice.users.map { user throws(Rejection) in try TopicID(.user, user) }
        try await twins.adopt(dice.rooms + users)
        for _ in 0..<8 {
            for _ in 0..<60 {
                let thrown = dice.roll()
                try await twins.append([thrown.draft], to: thrown.topic)
            }
            twins.set(dice.now)
            try await compare(twins, &dice)
        }
        let problems = try Inspection.open(directory: twins.scratch.path("data")).verify()
        #expect(problems == [])
        try await twins.store.rebuildProjections()
        try await compare(twins, &dice)
        await twins.store.close()
    }

    private func compare(_ twins: Twins, _ dice: inout ChatDice) async throws {
        let (model, archive) = (twins.model, twins.store.archive)
        for room in dice.rooms {
            for _ in 0..<12 {
                let query = history(&dice)
                let (left, right) = try await (
                    model.history(of: room, query), archive.history(of: room, query)
                )
                #expect(left == right, "\(room) \(query)")
            }
            for user in ChatDice.users {
                let (after, behind) = (dice.pick(dice.ids), Int64(dice.number(-1...200)))
                let (left, right) = try await (
                    model.unread(by: user, after: after, behind: behind, in: room),
                    archive.unread(by: user, after: after, behind: behind, in: room)
                )
                #expect(left == right, "\(room) \(user) \(after) \(behind)")
            }
            let ids = (0..<8).map { _ in dice.pick(dice.ids) }
            let facts = try await (model.messages(ids, in: room), archive.messages(ids, in: room))
            #expect(facts.0 == facts.1)
            let pages = try await (model.pages(of: ids, in: room), archive.pages(of: ids, in: room))
            #expect(pages.0 == pages.1)
        }
        for user in ChatDice.users {
            try await compareLists(of: user, model, archive)
            for _ in 0..<6 {
                let query = search(by: user, &dice)
                let (left, right) = try await (model.search(query), archive.search(query))
                let messages = (left.hits.map(\.message), right.hits.map(\.message))
                let isSame = left.more == right.more && messages.0 == messages.1
                #expect(isSame, "\(query)")
                let snippets = (left.hits.map(Self.snippet), right.hits.map(Self.snippet))
                #expect(snippets.0 == snippets.1)
            }
            let before = dice.number(0...1) == 0 ? nil : dice.pick(dice.ids)
            let mentions = try await (
                model.mentions(of: user, before: before, limit: 5),
                archive.mentions(of: user, before: before, limit: 5)
            )
            #expect(mentions.0 == mentions.1)
        }
    }

    private func compareLists(
        of user: String,
        _ model: InMemoryChatArchive,
        _ archive: SQLiteChatArchive
    ) async throws {
        for scope in [RoomQuery.Scope.mine, .public] {
            for after in [nil, "room:one", "room:three", "room:none"] {
                for limit in [0, 1, 10] {
                    let query = RoomQuery(user: user, scope: scope, after: after, limit: limit)
                    let (left, right) = try await (model.rooms(query), archive.rooms(query))
                    #expect(left == right, "\(query)")
                }
            }
        }
        let threads = try await (
            model.threads(followedBy: user, limit: 3), archive.threads(followedBy: user, limit: 3)
        )
        #expect(threads.0 == threads.1)
    }

    /// Marks of words that stand side by side may be one.
    private static func snippet(_ hit: SearchPage.Hit) -> String {
        hit.topic + hit.snippet.replacing("\u{3} \u{2}", with: " ")
    }

    private func history(_ dice: inout ChatDice) -> HistoryQuery {
        let id = dice.pick(dice.ids)
        var query = HistoryQuery(
            anchor: dice.pick([.latest, .before(id), .after(id), .around(id)]),
            limit: dice.pick([0, 1, 2, 5, 50]),
            thread: dice.number(0...2) == 0 ? dice.pick(dice.ids) : nil
        )
        query.bytesMaximum = dice.pick([0, 300, 1_000, 4_000, ChatLimits.pageBytes])
        return query
    }

    private func search(by user: String, _ dice: inout ChatDice) -> SearchQuery {
        SearchQuery(
            words: Set((0..<dice.number(1...2)).map { _ in dice.pick(ChatDice.words) })
                .joined(separator: " "),
            user: user,
            topic: dice.number(0...1) == 0 ? nil : dice.pick(dice.rooms),
            author: dice.number(0...2) == 0 ? dice.pick(ChatDice.users) : nil,
            before: dice.number(0...1) == 0 ? nil : dice.pick(dice.ids),
            limit: dice.pick([1, 3, 100])
        )
    }
}
