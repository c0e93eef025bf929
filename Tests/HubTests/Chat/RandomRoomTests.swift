import Testing

@testable import Hub

/// A room's facts as a plain reader of its events would keep them: what commands are checked with.
private struct ObservedRoom {
    var members: Set<String> = []
    var owners: Set<String> = []
    var banned: Set<String> = []
    var pins: Set<RecordID> = []
    var messages: [RecordID: Message] = [:]

    mutating func observe(_ event: ChatEvent) {
        switch event {
        case .memberJoined(let user, let role):
            #expect(members.insert(user).inserted, "\(user) joined twice")
            #expect(!banned.contains(user), "\(user) joined while banned")
            if role == .owner { owners.insert(user) }
        case .memberLeft(let user, _):
            #expect(members.remove(user) != nil, "\(user) left without being there")
            owners.remove(user)
        case .roleChanged(let user, let role):
            #expect(members.contains(user))
            if role == .owner { owners.insert(user) } else { owners.remove(user) }
        case .memberBanned(let user, _, _): banned.insert(user)
        case .memberUnbanned(let user): #expect(banned.remove(user) != nil)
        case .messagePinned(let id): #expect(pins.insert(id).inserted)
        case .messageUnpinned(let id): #expect(pins.remove(id) != nil)
        case .message(let message): observe(message)
        case .messageEdited(let edit):
            #expect(messages[edit.message]?.deletedAt == nil)
            messages[edit.message]?.apply(edit)
        case .messageDeleted(let id, let at):
            #expect(messages[id]?.deletedAt == nil)
            messages[id]?.bury(at: at)
        case .reactionAdded(let reaction): observe(reaction, added: true)
        case .reactionRemoved(let reaction): observe(reaction, added: false)
        default: break
        }
    }

    private mutating func observe(_ message: Message) {
        #expect(message.number == Int64(messages.count) + 1)
        // Nobody keeps out who is granted to moderate.
        if message.user != "mod" { #expect(!banned.contains(message.user)) }
        if let thread = message.thread { #expect(messages[thread]?.thread == .some(nil)) }
        #expect(messages.updateValue(message, forKey: message.id) == nil)
    }

    private mutating func observe(_ reaction: ChatEvent.Reaction, added: Bool) {
        #expect(messages[reaction.message]?.deletedAt == nil)
        let users =
            messages[reaction.message]?.reactions
            .first { $0.emoji == reaction.emoji }?.users ?? []
        #expect(users.contains(reaction.user) == !added)
        #expect(reaction.count == users.count + (added ? 1 : -1))
        if added {
            messages[reaction.message]?.add(reaction)
        } else {
            messages[reaction.message]?.remove(reaction)
        }
    }
}

@Suite("Rooms under commands at random")
struct RandomRoomTests {
    private static let users = ["ada", "bob", "cem", "dan", "eve", "mod"]
    private static let roles: [Role] = [.member, .moderator, .owner]

    private func command(_ messages: [RecordID], _ at: Timestamp, _ dice: inout Dice) -> ChatCommand
    {
        let user = Self.users[dice.roll(0..<Self.users.count)]
        let role = Self.roles[dice.roll(0..<Self.roles.count)]
        let message = messages.isEmpty ? RecordID(1) : messages[dice.roll(0..<messages.count)]
        let emoji = ["👍", "x", "y"][dice.roll(0..<3)]
        let visibility: RoomProfile.Visibility = dice.roll(0..<2) == 0 ? .public : .private
        let until: Timestamp? =
            dice.roll(0..<2) == 0
            ? nil : Timestamp(milliseconds: at.milliseconds + Int64(dice.roll(1..<40)))
        switch dice.roll(0..<26) {
        case 0: return .create(RoomWish(visibility: visibility, members: [user]))
        case 1: return .update(RoomWish(title: "t\(dice.roll(0..<3))", visibility: visibility))
        case 2, 3: return .enter
        case 4: return .exit
        case 5: return .invite(user: user, role: role)
        case 6, 7: return .role(user: user, role: role)
        case 8: return .kick(user: user, reason: nil)
        // For good: the observer knows of no time.
        case 9: return .ban(user: user, until: nil, reason: "r")
        case 10, 11: return .unban(user: user)
        case 12: return .mute(user: user, until: until)
        case 13: return .unmute(user: user)
        case 14: return .edit(message: message, content: "b @\(user)")
        case 15: return .delete(message: message)
        case 16, 17: return .react(message: message, emoji: emoji)
        case 18: return .unreact(message: message, emoji: emoji)
        case 19: return .pin(message: message)
        case 20: return .unpin(message: message)
        case 21: return .follow(thread: message)
        case 22: return .unfollow(thread: message)
        case 23: return .post(content: "r", kind: .text, thread: message)
        default: return .post(content: "a @\(user)", kind: .text, thread: nil)
        }
    }

    @Test(
        "What is decided keeps the room's rules, survives being written and can be replayed",
        arguments: 1...12
    )
    func random(seed: UInt64) async throws {
        var dice = Dice(seed: seed)
        var room = try RoomScript()
        room.grants["mod"] = RoomScript.moderate
        var observed = ObservedRoom()
        var messages: [RecordID] = []
        for step in 0..<600 {
            let user = Self.users[dice.roll(0..<Self.users.count)]
            let command = command(messages, room.now, &dice)
            let before = (room.log.snapshot(), room.records.count)
            guard let decision = try? room.ask(user, command) else {
                #expect(room.log.snapshot() == before.0, "A refusal changed something.")
                continue
            }
            for (id, event) in decision.events {
                observed.observe(event)
                let isNews = ChatEvent(type: event.type, payload: event.payload()) == event
                #expect(isNews, "\(event)")
                if case .message = event { messages.append(id) }
            }
            check(room.log, observed)
            if step % 97 == 0 {
                try room.reload(snapshotAfter: dice.roll(0..<room.records.count + 1))
            }
        }
        let live = room.log.snapshot()
        try room.reload(snapshotAfter: 0)
        #expect(room.log.snapshot() == live)
        #expect(messages.count > 10)
        try await compare(room, observed, messages)
    }

    private func check(_ log: ChatLog, _ observed: ObservedRoom) {
        #expect(Set(log.roster.users) == observed.members)
        #expect(log.roster.users == log.roster.users.sorted())
        #expect(log.roster.ownerCount == observed.owners.count)
        #expect(log.messageCount == Int64(observed.messages.count))
        #expect(Set(log.pins) == observed.pins)
        #expect(observed.members.isDisjoint(with: observed.banned))
        for id in log.pins { #expect(observed.messages[id]?.deletedAt == nil) }
    }

    private func compare(
        _ room: RoomScript,
        _ observed: ObservedRoom,
        _ ids: [RecordID]
    ) async throws {
        let facts = try await room.archive.messages(ids, in: room.topic)
        #expect(facts.map(\.message) == ids.map { observed.messages[$0] })
        #expect(facts.map(\.isPinned) == ids.map { observed.pins.contains($0) })
    }
}
