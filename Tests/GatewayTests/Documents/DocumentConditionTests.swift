import Hub
import Testing

@testable import Gateway

/// If these fail, scripts overwrite what they haven't seen, or fetch what they have.
@Suite("Documents over REST under conditions", .serialized)
struct DocumentConditionTests {
    private static let path = "/api/docs/notes"

    private static func ask(
        _ hub: HubUnderTest,
        _ method: String,
        _ rest: String,
        json: JSON = [:],
        _ field: String? = nil
    ) throws -> (status: String, tag: String?, json: JSON) {
        let body = json.encoded()
        let socket = try ClientSocket(hub.address)
        var head = "\(method) \(path)\(rest) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        if let field { head += field + "\r\n" }
        if method != "GET" {
            head += "Content-Type: application/json\r\nContent-Length: \(body.count)\r\n"
        }
        try socket.send(Array((head + "\r\n").utf8) + (method == "GET" ? [] : body))
        let reply = String(decoding: try socket.rest(), as: UTF8.self)
        let lines = reply.split(separator: "\r\n", omittingEmptySubsequences: false)
        let tag = lines.first { $0.lowercased().hasPrefix("etag: ") }?.dropFirst(6)
        let text = reply.split(separator: "\r\n\r\n", maxSplits: 1).dropFirst().first ?? ""
        return (
            String(lines.first?.split(separator: " ").dropFirst().first ?? ""),
            tag.map(String.init),
            (try? JSONParser.parse(Array(text.utf8))) ?? .null
        )
    }

    @Test("An answer's tag lets the next write through, and an old one is refused with the new one")
    func match() async throws {
        try await HubUnderTest.with { hub in
            let content = "/content?root=t"
            let empty = try Self.ask(hub, "GET", content)
            let tag = try #require(empty.tag)
            #expect(tag == "\"\(empty.json["position"]?.string ?? "")\"")
            let put = try Self.ask(hub, "PUT", content, json: ["text": "a"], "If-Match: \(tag)")
            #expect(put.status == "200")
            #expect(put.tag == "\"\(put.json["position"]?.string ?? "")\"")
            let next = put.tag ?? ""
            let edits: JSON = ["operations": [["op": "setText", "root": "t", "text": "b"]]]
            for (method, rest, body) in [
                ("PUT", content, ["text": "b"]), ("PATCH", "/content", edits),
                ("PATCH", "", ["title": "b"]), ("DELETE", "", [:]),
            ] as [(String, String, JSON)] {
                for field in ["If-Match: \(tag)", "If-Match: W/\(next)", "If-Match: \"x\""] {
                    let refused = try Self.ask(hub, method, rest, json: body, field)
                    #expect(refused.status == "412", "\(method) \(rest)")
                    #expect(refused.tag == next)
                    #expect(refused.json["error"]?["code"] == "precondition_failed")
                    #expect(refused.json["error"]?["position"] == put.json["position"])
                }
            }
            var current = next
            for (method, rest, body) in [
                ("PUT", content, ["text": "b"]), ("PATCH", "/content", edits),
                ("PATCH", "", ["title": "b"]), ("PATCH", "", ["title": "c"]), ("DELETE", "", [:]),
            ] as [(String, String, JSON)] {
                let field = "If-Match: \"k1:1\", \(current)"
                let done = try Self.ask(hub, method, rest, json: body, field)
                #expect(done.status == "200", "\(method) \(rest)")
                current = done.tag ?? current
            }
            let head = try Waiting.value { try await hub.journal.head(of: TopicID("doc:notes")) }
            #expect(head.offset == 5)
        }
    }

    @Test("What is known already is answered with 304 and no body")
    func noneMatch() async throws {
        try await HubUnderTest.with { hub in
            let content = "/content?root=t"
            _ = try Self.ask(hub, "PUT", content, json: ["text": "a"])
            for rest in [content, "/state", "/state?format=v2"] {
                let tag = try #require(try Self.ask(hub, "GET", rest).tag)
                for field in [tag, "\"x\", W/\(tag)"] {
                    let again = try Self.ask(hub, "GET", rest, "If-None-Match: \(field)")
                    #expect(again.status == "304")
                    #expect(again.tag == tag)
                    #expect(again.json == .null)
                }
                let edits: JSON = ["operations": [["op": "push", "root": "l", "values": [1]]]]
                #expect(try Self.ask(hub, "PATCH", "/content", json: edits).status == "200")
                let later = try Self.ask(hub, "GET", rest, "If-None-Match: \(tag)")
                #expect(later.status == "200")
                #expect(later.tag != tag)
            }
        }
    }

    @Test("A document must be there where that is the condition")
    func exists() async throws {
        try await HubUnderTest.with { hub in
            let content = "/content?root=t"
            let refused = try Self.ask(hub, "PUT", content, json: ["text": "a"], "If-Match: *")
            #expect(refused.status == "412")
            #expect(try Self.ask(hub, "PUT", content, json: ["text": "a"]).status == "200")
            let done = try Self.ask(hub, "PUT", content, json: ["text": "b"], "If-Match: *")
            #expect(done.status == "200")
        }
    }
}
