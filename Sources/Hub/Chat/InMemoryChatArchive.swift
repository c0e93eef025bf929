import Synchronization

/// A chat archive in memory, fed with records: the model that other archives are compared with.
///
/// Plain rather than quick: every answer walks over everything. It keeps no more than what its
/// questions need, and forgets it with the process.
package final class InMemoryChatArchive: ChatArchive {
    struct Contents: Sendable {
        var rooms: [TopicID: ArchivedRoom] = [:]
        /// How far each user has read each room.
        var markers: [String: [TopicID: (message: RecordID, number: Int64)]] = [:]
    }

    private let contents = Mutex(Contents())
    private let epoch: Epoch
    private let now: @Sendable () -> Timestamp

    /// - Parameter now: decides whether a ban is over.
    package init(epoch: Epoch = Epoch(0), now: @escaping @Sendable () -> Timestamp) {
        self.epoch = epoch
        self.now = now
    }

    /// Takes in committed records, each once and in the order of their topic's log.
    package func absorb(_ records: [Record], of topic: TopicID) {
        contents.withLock { contents in
            for record in records {
                switch topic.kind {
                case .room:
                    contents.rooms[topic, default: ArchivedRoom(topic: topic, epoch: epoch)]
                        .absorb(record)
                case .doc, .stream, .item, .product, .cart, .order, .orders: break
                case .user:
                    if let user = topic.user { contents.absorb(marker: record, of: user) }
                }
            }
        }
    }

    package func messages(
        _ ids: [RecordID],
        in topic: TopicID
    ) async throws(JournalError) -> [MessageFact] {
        facts(ids, in: topic)
    }

    /// What `messages` answers, for callers that can't wait.
    package func facts(_ ids: [RecordID], in topic: TopicID) -> [MessageFact] {
        contents.withLock { contents in
            guard let room = contents.rooms[topic] else { return [] }
            return ids.compactMap { room.fact($0) }
        }
    }

    package func history(
        of topic: TopicID,
        _ query: HistoryQuery
    ) async throws(JournalError) -> HistoryPage {
        contents.withLock { contents in
            contents.rooms[topic]?.history(query)
                ?? HistoryPage(messages: [], moreBefore: false, moreAfter: false)
        }
    }

    package func pages(
        of ids: [RecordID],
        in topic: TopicID
    ) async throws(JournalError) -> [StoredMessage] {
        contents.withLock { contents in
            guard let room = contents.rooms[topic] else { return [] }
            return ids.compactMap { room.archived($0)?.stored() }
        }
    }

    package func search(_ query: SearchQuery) async throws(JournalError) -> SearchPage {
        let words = SearchWords(query.words)
        let time = now()
        return contents.withLock { contents in
            let rooms =
                query.topic.map { topic in contents.rooms[topic].map { [$0] } ?? [] }
                ?? contents.readable(for: query.user, at: time)
            return Self.page(of: rooms, before: query.before, limit: query.limit, words) {
                $0.kind != .system && query.author.map { [user = $0.user] in $0 == user } ?? true
                    && words.match($0.content)
            }
        }
    }

    package func mentions(
        of user: String,
        before: RecordID?,
        limit: Int
    ) async throws(JournalError) -> SearchPage {
        let time = now()
        return contents.withLock { contents in
            let rooms = contents.readable(for: user, at: time)
            return Self.page(of: rooms, before: before, limit: limit, SearchWords("")) {
                $0.mentions.contains(user)
            }
        }
    }

    package func rooms(_ query: RoomQuery) async throws(JournalError) -> RoomPage {
        let time = now()
        return contents.withLock { $0.rooms(query, at: time) }
    }

    package func unread(
        by user: String,
        after message: RecordID,
        behind: Int64,
        in topic: TopicID
    ) async throws(JournalError) -> Int64 {
        contents.withLock { contents in
            contents.rooms[topic]?.unread(by: user, after: message, behind: behind) ?? 0
        }
    }

    package func threads(
        followedBy user: String,
        limit: Int
    ) async throws(JournalError) -> [FollowedThread] {
        let time = now()
        return contents.withLock { contents in
            contents.readable(for: user, at: time)
                .flatMap { room in room.threads(followedBy: user).map { (room.topic, $0) } }
                .sorted { left, right in
                    let times = (left.1.lastReplyAt, right.1.lastReplyAt)
                    guard times.0 != times.1 else { return left.1.message.id > right.1.message.id }
                    return (times.0?.milliseconds ?? -1) > (times.1?.milliseconds ?? -1)
                }
                .prefix(limit)
                .map { topic, root in
                    FollowedThread(
                        topic: topic,
                        root: root.stored(),
                        replyCount: root.replyCount,
                        lastReplyAt: root.lastReplyAt
                    )
                }
        }
    }

    /// The newest messages that match, and whether there are more.
    private static func page(
        of rooms: [ArchivedRoom],
        before: RecordID?,
        limit: Int,
        _ words: SearchWords,
        where matches: (Message) -> Bool
    ) -> SearchPage {
        let hits = rooms.flatMap { room in
            room.living.filter { message in
                before.map { message.id < $0 } ?? true && matches(message)
            }
            .map { (room, $0) }
        }
        .sorted { $0.1.id > $1.1.id }
        var page = PageRoom(count: limit)
        var shown: [SearchPage.Hit] = []
        for (room, message) in hits {
            guard let stored = room.archived(message.id)?.stored(), page.take(stored.json.count)
            else { break }
            shown.append(
                SearchPage.Hit(
                    topic: room.topic.text,
                    message: stored,
                    snippet: words.mark(message.content)
                )
            )
        }
        return SearchPage(hits: shown, more: hits.count > shown.count)
    }
}

extension InMemoryChatArchive.Contents {
    /// Read markers come from users' own topics, whose events are another slice's: only the fields
    /// of the protocol are read here.
    mutating func absorb(marker record: Record, of user: String) {
        guard record.type == "read_marked", let data = try? JSONParser.parse(record.payload),
            let topic = data["topic"]?.string.flatMap({ try? TopicID($0) }),
            let message = data["messageId"]?.recordID, let number = data["number"]?.int
        else { return }
        markers[user, default: [:]][topic] = (message, number)
    }

    func readable(for user: String, at time: Timestamp) -> [ArchivedRoom] {
        rooms.values.filter { $0.isReadable(for: user, at: time) }
    }

    func rooms(_ query: RoomQuery, at time: Timestamp) -> RoomPage {
        let listed: [ArchivedRoom]
        switch query.scope {
        case .public:
            listed = rooms.values.filter { $0.profile.visibility == .public }
                .sorted { $0.topic.text < $1.topic.text }
        case .mine:
            listed = rooms.values.filter { $0.roster[query.user] != nil }.sorted { left, right in
                let last = (left.lastMessage?.id.number ?? 0, right.lastMessage?.id.number ?? 0)
                return last.0 == last.1 ? left.topic.text < right.topic.text : last.0 > last.1
            }
        }
        var rest = listed[...]
        if let after = query.after {
            // A room that has left the list since ends the paging rather than beginning it anew.
            rest = listed.drop { $0.topic.text != after }.dropFirst()
        }
        var page = PageRoom(count: query.limit)
        var shown: [RoomPage.Line] = []
        for room in rest {
            let marker = markers[query.user]?[room.topic]
            let line = room.summary(for: query.user, marker: marker, at: time).json()
            guard page.take(line.count) else { break }
            shown.append(RoomPage.Line(topic: room.topic, json: line))
        }
        return RoomPage(rooms: shown, more: rest.count > shown.count)
    }
}
