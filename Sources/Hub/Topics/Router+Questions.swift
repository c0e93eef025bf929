/// Questions that the archive answers, and the one command that concerns two topics.
extension Router {
    /// True for what is not one command of one topic.
    static func isConsultation(_ action: String) -> Bool {
        ChatReader.answers(action) || DocumentReader.answers(action) || action == "read"
            || action == "log" || action == "push" || action == "query"
            || StockReader.answers(action)
            || ProductReader.answers(action)
    }

    /// What the hub asks of its own topics; clients can't.
    static func isInternal(_ action: String) -> Bool {
        action == "access" || action == "locate" || action == "markRead"
            || action == "restoreState" || action == "keepVersion" || action == "expire"
    }

    /// Streams are no topics that take commands: what they are asked has ways of its own.
    static let noAction = Rejection(.unknownAction, "A stream has no such action.")

    /// Where one's own things are, for the actions that need not say so.
    static func ownTopic(for ask: Ask) -> TopicID? {
        InboxCommand.isForOneself(ask.action) ? try? TopicID(of: ask.principal.user) : nil
    }

    func consult(_ ask: Ask) async throws(Rejection) -> JSON {
        if ask.action == "read" { return try await markRead(ask) }
        if ask.action == "log" { return try await log(ask) }
        if ask.action == "push" { return try await push(ask) }
        if ask.action == "query" { return try await query(ask) }
        if let reply = try await shop(ask) { return reply }
        if StockReader.answers(ask.action) {
            return try await StockReader(archive: stock, journal: journal).answer(ask)
        }
        if ProductReader.answers(ask.action) {
            return try await ProductReader(archive: products).answer(ask)
        }
        do throws(Rejection) {
            return try await lookUp(ask)
        } catch {
            // Another node may have just stored what isn't found, or removed what was too much.
            guard error.code == .notFound || error.code == .limitReached,
                surroundings.settings.isShared, let topic = ask.topic
            else { throw error }
            do throws(Rejection) {
                try await catchUp(with: topic)
            } catch let outage {
                throw DocumentReader.changes(ask.action) ? outage : error
            }
            return try await lookUp(ask)
        }
    }

    func catchUp(with topic: TopicID) async throws(Rejection) {
        do throws(JournalError) {
            try await journal.catchUp(with: topic)
        } catch {
            throw .unavailable
        }
    }

    /// In the archives of rooms and of documents, for who may join those.
    private func lookUp(_ ask: Ask) async throws(Rejection) -> JSON {
        if DocumentReader.answers(ask.action) {
            let reader = DocumentReader(archive: documents, maker: versionMaker) {
                [self] action, document, fields, principal throws(Rejection) in
                // The key is that of the change, and not of a question on the way to it.
                let isChange = DocumentReader.changes(action)
                return try await inquire(
                    action,
                    of: document,
                    fields,
                    principal,
                    key: isChange ? ask.key : nil,
                    condition: isChange ? ask.condition : nil
                )
            }
            return try await reader.answer(ask)
        }
        let reader = ChatReader(archive: archive) {
            [self] room, principal throws(Rejection) in
            try await inquire("access", of: room, [:], principal)
        }
        return try await reader.answer(ask)
    }

    /// A read marker lives in the user's own topic, but only the room knows where a message stands.
    private func markRead(_ ask: Ask) async throws(Rejection) -> JSON {
        guard let room = ask.topic, room.kind == .room else {
            throw Rejection(.badRequest, "read needs the topic of a room.")
        }
        let located = try await inquire("locate", of: room, ask.fields, ask.principal)
        guard let number = located["number"]?.int, let count = located["messageCount"]?.int else {
            preconditionFailure("A room that locates a message says where it is.")
        }
        let message = try Fields(dataOf: ask.fields).recordID("messageId")
        let user = ask.principal.user
        let unread = try await unread(by: user, after: message, behind: count - number, in: room)
        let mark = ReadMark(topic: room, message: message, number: number, unread: unread)
        let reply = try await inquire(
            "markRead",
            of: try TopicID(of: user),
            ["data": mark.fields],
            ask.principal,
            key: ask.key
        )
        // Another device was further: what is unread is what is behind its marker.
        guard let marker = reply["messageId"]?.recordID, let reached = reply["number"]?.int else {
            return reply
        }
        let left = try await self.unread(by: user, after: marker, behind: count - reached, in: room)
        return ["unread": .int(left)]
    }

    private func unread(
        by user: String,
        after message: RecordID,
        behind: Int64,
        in room: TopicID
    ) async throws(Rejection) -> Int64 {
        do throws(JournalError) {
            return try await archive.unread(by: user, after: message, behind: behind, in: room)
        } catch {
            throw .unavailable
        }
    }

    /// A page of a topic's records as events, for clients that poll.
    private func log(_ ask: Ask) async throws(Rejection) -> JSON {
        guard let topic = ask.topic else {
            throw Rejection(.badRequest, "log needs a topic.")
        }
        let after = try Self.offset(ask.fields["after"])
        let limit = ask.fields["limit"]?.int ?? 100
        guard (1...256).contains(limit) else {
            throw Rejection(.badRequest, "limit: must be from 1 to 256.")
        }
        // Who holds how much is nobody's business but staff's.
        guard topic.kind != .item || ask.principal.grants.manages(topic.text) else {
            throw Rejection(.forbidden, "The log of an item is for staff.")
        }
        _ = try await inquire("access", of: topic, [:], ask.principal)
        do throws(JournalError) {
            let head = try await journal.head(of: topic)
            let records = try await journal.read(topic, after: after, limit: Int(limit))
            let last = records.last?.offset ?? after
            return [
                "events": .array(records.map { $0.event(in: head.epoch) }),
                "position": .string(Position(epoch: head.epoch, offset: last).description),
                "more": .bool(last < head.offset),
            ]
        } catch {
            throw .unavailable
        }
    }

    /// A position or the number in it; none means the beginning.
    private static func offset(_ value: JSON?) throws(Rejection) -> Offset {
        switch value {
        case nil, .null: return 0
        case .int(let number) where number >= 0: return Offset(number)
        case .string(let text):
            if let number = Offset(text) { return number }
            return try Position(text).offset
        default: throw Rejection(.badRequest, "after: must be a position, such as k3:41.")
        }
    }

    func inquire(
        _ action: String,
        of topic: TopicID,
        _ fields: JSON,
        _ principal: Principal,
        key: String? = nil,
        condition: Condition? = nil
    ) async throws(Rejection) -> JSON {
        guard topic.kind != .stream else { throw Self.noAction }
        let ask = Ask(
            action: action,
            topic: topic,
            fields: fields,
            key: key,
            condition: condition,
            principal: principal
        )
        let outcome = await withCheckedContinuation { continuation in
            self.topic(topic).submit(ask, .caller { continuation.resume(returning: $0) })
        }
        return try outcome.get()
    }
}

extension Record {
    /// As the native protocol shows it, but for the topic.
    fileprivate func event(in epoch: Epoch) -> JSON {
        [
            "event": .string(type),
            "position": .string(Position(epoch: epoch, offset: offset).description),
            "at": .int(at.milliseconds),
            "by": .string(author),
            "data": .raw(json),
        ]
    }
}
