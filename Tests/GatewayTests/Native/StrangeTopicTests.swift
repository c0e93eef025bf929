import Hub
import Testing

@testable import Gateway

/// If these fail, a question that nobody thought of ends the process for everyone.
@Suite("Actions on topics that they are not for", .serialized)
struct StrangeTopicTests {
    private static let topics = [
        "room:r", "room:dm:ada~bob", "user:ada", "user:~", "doc:d", "stream:cpu", "stream:a-b",
        "stream:%7B", "stream:%7Ba%3D%22b%22%7D", "stream:~0", "stream:~00", "stream:~x",
        "stream:~-1", "stream:~99999999999999999999", "item:a", "product:a", "cart:ada", "cart:~",
        "order:o", "orders:ada", "orders:~all", "orders:~",
    ]
    private static let fields: [JSON] = [
        [:],
        [
            "topic": "stream:a-b", "after": 0, "limit": 5, "since": "0:1", "window": 1, "points": 2,
            "data": [
                "content": "x", "messageId": "1", "userId": "bob", "quantity": 1, "key": "k",
                "samples": [["value": 1]], "lines": [["sku": "a", "quantity": 1]], "room": "a",
                "reservationId": "r", "update": "AAA=", "version": 1, "lowStock": 1, "delta": 1,
            ],
        ],
    ]

    private static func asks(_ action: String, _ topic: TopicID) -> [Ask] {
        zip(fields, [Grants.everything, .staff]).map { fields, grants in
            Ask(
                action: action,
                topic: topic,
                fields: fields,
                principal: Principal(user: "ada", isGuest: false, grants: grants)
            )
        }
    }

    @Test("Each is answered, and the next as well")
    func everyAction() async throws {
        try await HubUnderTest.with { hub in
            let asks = try CommandCatalogue.actions.flatMap { action in
                try Self.topics.flatMap { try Self.asks(action, TopicID($0)) }
            }
            try hub.waiting { [router = hub.router] in
                for ask in asks { _ = try? await router.perform(ask) }
            }
            let client = try ClientWebSocket(hub)
            for text in Self.topics {
                let reply = try client.ask("join", text)
                #expect(reply["ok"] != nil || reply.code != "internal", "\(text)")
            }
            #expect(try client.post("still here", in: "room:r")["ok"] != nil)
        }
    }

    @Test(
        "The log of a stream is nobody's, that of a shard neither",
        arguments: ["a-b", "cpu", "~0"]
    )
    func log(name: String) async throws {
        try await HubUnderTest.with { hub in
            let client = try ClientWebSocket(hub)
            #expect(try client.ask("log", "stream:\(name)").code == "unknown_action")
            #expect(try client.post("still here", in: "room:r")["ok"] != nil)
        }
    }
}
