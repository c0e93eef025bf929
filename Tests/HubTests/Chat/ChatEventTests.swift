import Testing

@testable import Hub

@Suite("Events of a room")
struct ChatEventTests {
    static let message = Message(
        id: RecordID(7_260_142_382_817_280),
        room: "general",
        user: "ada",
        content: "hi \"@bob\"\n",
        kind: .text,
        timestamp: Timestamp(milliseconds: 1_795_400_000_123),
        mentions: ["bob"],
        number: 42
    )

    static let full: Message = {
        var message = ChatEventTests.message
        message.editedAt = Timestamp(milliseconds: 1_795_400_000_200)
        message.deletedAt = Timestamp(milliseconds: 1_795_400_000_300)
        message.thread = RecordID(5)
        message.reactions = [
            Message.Reactions(emoji: "👍", users: ["bob", "eve"]),
            Message.Reactions(emoji: "\"", users: []),
        ]
        return message
    }()

    private static let time = Timestamp(milliseconds: 1)
    private static let profile = RoomProfile(title: "T", purpose: "", visibility: .private)
    private static let reaction = ChatEvent.Reaction(
        message: RecordID(7),
        emoji: "👍",
        user: "bob",
        count: 2
    )
    private static let edit = ChatEvent.Edit(
        message: RecordID(7),
        content: "b",
        editedAt: time,
        mentions: ["bob"]
    )
    private static let plainEdit = ChatEvent.Edit(
        message: RecordID(7),
        content: "b",
        editedAt: time,
        mentions: []
    )

    static let events: [(ChatEvent, String)] = [
        (.roomCreated(profile), #"{"title":"T","purpose":"","visibility":"private"}"#),
        (.roomUpdated(profile), #"{"title":"T","purpose":"","visibility":"private"}"#),
        (.memberJoined(user: "bob", role: .owner), #"{"userId":"bob","role":"owner"}"#),
        (.memberLeft(user: "bob", reason: .kicked), #"{"userId":"bob","reason":"kicked"}"#),
        (.roleChanged(user: "bob", role: .moderator), #"{"userId":"bob","role":"moderator"}"#),
        (.memberBanned(user: "bob", until: nil, reason: nil), #"{"userId":"bob"}"#),
        (
            .memberBanned(user: "bob", until: time, reason: "spam"),
            #"{"userId":"bob","until":1,"reason":"spam"}"#
        ),
        (.memberUnbanned(user: "bob"), #"{"userId":"bob"}"#),
        (.memberMuted(user: "bob", until: time), #"{"userId":"bob","until":1}"#),
        (.memberUnmuted(user: "bob"), #"{"userId":"bob"}"#),
        (
            .message(message),
            #"{"id":"7260142382817280","roomId":"general","userId":"ada","#
                + #""content":"hi \"@bob\"\n","type":"text","timestamp":1795400000123,"#
                + #""editedAt":null,"reactions":{},"threadId":null,"number":42,"mentions":["bob"]}"#
        ),
        (
            .message(full),
            #"{"id":"7260142382817280","roomId":"general","userId":"ada","#
                + #""content":"hi \"@bob\"\n","type":"text","timestamp":1795400000123,"#
                + #""editedAt":1795400000200,"reactions":{"👍":["bob","eve"],"\"":[]},"#
                + #""threadId":"5","number":42,"mentions":["bob"],"deletedAt":1795400000300}"#
        ),
        (
            .messageEdited(edit),
            #"{"messageId":"7","content":"b","editedAt":1,"mentions":["bob"]}"#
        ),
        (.messageEdited(plainEdit), #"{"messageId":"7","content":"b","editedAt":1}"#),
        (.messageDeleted(message: RecordID(7), at: time), #"{"messageId":"7","deletedAt":1}"#),
        (
            .reactionAdded(reaction),
            #"{"messageId":"7","emoji":"👍","userId":"bob","count":2}"#
        ),
        (
            .reactionRemoved(reaction),
            #"{"messageId":"7","emoji":"👍","userId":"bob","count":2}"#
        ),
        (.messagePinned(message: RecordID(7)), #"{"messageId":"7"}"#),
        (.messageUnpinned(message: RecordID(7)), #"{"messageId":"7"}"#),
        (.threadFollowed(thread: RecordID(7), user: "bob"), #"{"threadId":"7","userId":"bob"}"#),
        (.threadUnfollowed(thread: RecordID(7), user: "bob"), #"{"threadId":"7","userId":"bob"}"#),
    ]

    @Test("Each event is written as the protocol has it, and read back", arguments: events)
    func roundTrip(event: ChatEvent, payload: String) {
        #expect(String(decoding: event.payload(), as: UTF8.self) == payload)
        #expect(ChatEvent(type: event.type, payload: Array(payload.utf8)) == event)
    }

    @Test("A payload under another event's name, cut or changed is refused or read, never a trap")
    func hostile() {
        var dice = Dice(seed: 18)
        let types = Set(Self.events.map(\.0.type))
        #expect(types.count == 18)
        for (event, _) in Self.events {
            let payload = event.payload()
            for type in types.union(["", "no_such_event"]) {
                let other = ChatEvent(type: type, payload: payload)
                #expect(other == nil || other?.type == type)
            }
            for count in 0..<payload.count {
                #expect(ChatEvent(type: event.type, payload: Array(payload[..<count])) == nil)
            }
            for _ in 0..<200 {
                var changed = payload
                changed[dice.roll(0..<changed.count)] = UInt8(dice.roll(0..<256))
                if let read = ChatEvent(type: event.type, payload: changed) {
                    #expect(ChatEvent(type: read.type, payload: read.payload()) == read)
                }
            }
        }
    }

    @Test(
        "A message with a field missing or of the wrong type is refused",
        arguments: [
            "id", "roomId", "userId", "content", "type", "timestamp", "reactions", "number",
        ]
    )
    func missing(name: String) throws {
        guard case .object(let members) = try JSONParser.parse(Self.full.json()) else {
            Issue.record("A message is an object.")
            return
        }
        let without = JSON.object(members.filter { $0.key != name })
        #expect(ChatEvent(type: "message", payload: without.encoded()) == nil)
        for wrong: JSON in [.null, [], .double(0.5), -1, "no such word"] {
            let changed = members.map { $0.key == name ? JSON.Member(name, wrong) : $0 }
            let isText = wrong.string != nil && ["roomId", "userId", "content"].contains(name)
            let read = ChatEvent(type: "message", payload: JSON.object(changed).encoded())
            #expect((read != nil) == isText, "\(name) \(wrong)")
        }
    }

    @Test("Numbers beyond what JavaScript holds are refused")
    func hostileNumbers() {
        for number in ["0", "-1", "9007199254740993", "9223372036854775807"] {
            let text = String(decoding: Self.message.json(), as: UTF8.self)
                .replacing("\"number\":42", with: "\"number\":\(number)")
            #expect(ChatEvent(type: "message", payload: Array(text.utf8)) == nil)
        }
        let reaction = #"{"messageId":"7","emoji":"x","userId":"b","count":9223372036854775807}"#
        #expect(ChatEvent(type: "reaction_added", payload: Array(reaction.utf8)) == nil)
    }

    @Test("History adds to a message what applies, after the fields of the event")
    func archived() {
        let plain = ArchivedMessage(
            message: Self.message,
            position: nil,
            replyCount: 0,
            lastReplyAt: nil,
            isPinned: false
        )
        #expect(plain.stored() == StoredMessage(id: Self.message.id, json: Self.message.json()))
        var rich = plain
        rich.position = Position(epoch: Epoch(36), offset: 41)
        rich.replyCount = 2
        rich.lastReplyAt = Timestamp(milliseconds: 9)
        rich.isPinned = true
        let tail = #","position":"10:41","replyCount":2,"lastReplyAt":9,"pinned":true}"#
        #expect(rich.stored().json == Self.message.json().dropLast() + Array(tail.utf8))
    }

    @Test("A room and a followed thread are written as the protocol has them")
    func summaries() throws {
        let topic = try TopicID("room:general")
        var room = RoomSummary(
            topic: topic,
            profile: Self.profile,
            createdAt: Self.time,
            createdBy: "ada",
            memberCount: 3,
            messageCount: 42,
            role: .owner
        )
        let fields =
            #"{"roomId":"general","topic":"room:general","title":"T","purpose":"","#
            + #""visibility":"private","createdAt":1,"createdBy":"ada","memberCount":3,"#
            + #""messageCount":42,"role":"owner""#
        #expect(String(decoding: room.json(), as: UTF8.self) == fields + "}")
        let last = StoredMessage(id: RecordID(7), json: Array(#"{"id":"7"}"#.utf8))
        room.line = RoomSummary.Line(unread: 2, mentions: 1, lastMessage: last, readUpTo: nil)
        let line = #","unread":2,"mentions":1,"lastMessage":{"id":"7"},"readUpTo":null}"#
        #expect(String(decoding: room.json(), as: UTF8.self) == fields + line)
        let thread = FollowedThread(topic: topic, root: last, replyCount: 0, lastReplyAt: nil)
        let expected =
            #"{"topic":"room:general","root":{"id":"7"},"replyCount":0,"lastReplyAt":null}"#
        #expect(String(decoding: thread.json, as: UTF8.self) == expected)
    }
}
