import CRDT
import Hub
import Testing

@testable import Gateway

/// If these fail, scripts can't read or write documents, or believe wrongly that they did.
@Suite("Documents over REST", .serialized)
struct DocumentAPITests {
    private struct Answered {
        let status: String
        let head: String
        let body: [UInt8]

        var json: JSON { (try? JSONParser.parse(body)) ?? .null }
    }

    private static func ask(
        _ hub: HubUnderTest,
        _ method: String,
        _ path: String,
        type: String = "application/json",
        _ body: [UInt8] = [],
        _ fields: String = ""
    ) throws -> Answered {
        let socket = try ClientSocket(hub.address)
        var head = "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + fields
        if method != "GET" {
            head += "Content-Type: \(type)\r\nContent-Length: \(body.count)\r\n"
        }
        try socket.send(Array((head + "\r\n").utf8) + body)
        let reply = try socket.rest()
        let end = reply.indices.dropLast(3).first { Array(reply[$0..<$0 + 4]) == [13, 10, 13, 10] }
        let text = String(decoding: reply[..<(end ?? reply.count)], as: UTF8.self)
        return Answered(
            status: String(text.split(separator: " ").dropFirst().first ?? ""),
            head: text,
            body: end.map { Array(reply[($0 + 4)...]) } ?? []
        )
    }

    private static func ask(
        _ hub: HubUnderTest,
        _ method: String,
        _ path: String,
        json: JSON
    ) throws -> Answered {
        try ask(hub, method, path, json.encoded())
    }

    @Test("Updates and states are bytes; what was answered is in the log and with the editors")
    func updates() async throws {
        try await HubUnderTest.with { hub in
            let editor = try Editor(hub, "a/b", client: 2)
            _ = try editor.first([0, 0])
            let own = YDocument()
            let update = try own.edit(client: 1) { edit throws(YEditError) in
                try edit.insert("hi", at: 0, in: .root("t"))
            }
            let path = "/api/docs/a%2Fb"
            let type = "application/octet-stream"
            let posted = try Self.ask(hub, "POST", path + "/updates", type: type, update ?? [])
            #expect(posted.status == "200")
            #expect(posted.json["position"] != nil)
            #expect(try Waiting.value { try await hub.records("doc:a/b") }.count == 1)
            try editor.read(until: "hi") { editor.text == "hi" }
            let state = try Self.ask(hub, "GET", path + "/state?format=v2")
            let loaded = YDocument()
            loaded.apply(try YUpdate(v2: state.body))
            #expect(loaded.text("t") == "hi")
            #expect(state.head.contains("X-Martlet-Position"))
            let since = Base64URL.encode(own.stateVector.encoded())
            let rest = try Self.ask(hub, "GET", path + "/state?since=\(since)")
            #expect(rest.body == [0, 0])
            #expect(try Self.ask(hub, "POST", path + "/updates", type: type, [9]).status == "400")
            #expect(try Self.ask(hub, "POST", path + "/updates", [9]).status == "415")
            let large = [UInt8](repeating: 0, count: (8 << 20) + 1)
            let refused = try? Self.ask(hub, "POST", path + "/updates", type: type, large)
            #expect(refused.map { $0.status == "413" } ?? true)
            #expect(try Self.ask(hub, "GET", "/api/docs/a%20b/state").status == "400")
        }
    }

    @Test("Texts are read, replaced and edited, and kept as versions to compare and restore")
    func content() async throws {
        try await HubUnderTest.with { hub in
            let path = "/api/docs/notes"
            let created = try Self.ask(hub, "POST", "/api/docs", json: ["name": "notes"])
            #expect(created.status == "201")
            #expect(created.head.contains("Location: /api/docs/notes"))
            let twice = try Self.ask(hub, "POST", "/api/docs", json: ["name": "notes"])
            #expect(twice.status == "409")
            let put = try Self.ask(
                hub,
                "PUT",
                path + "/content?root=t",
                type: "text/plain",
                Array("one\ntwo".utf8)
            )
            #expect(put.status == "200")
            let version = try Self.ask(hub, "POST", path + "/versions", json: ["name": "first"])
            #expect(version.status == "201")
            let id = version.json["versionId"]?.string ?? ""
            let patched = try Self.ask(
                hub,
                "PATCH",
                path + "/content",
                json: [
                    "operations": [["op": "insert", "root": "t", "index": 7, "text": "!"]]
                ]
            )
            #expect(patched.status == "200")
            let read = try Self.ask(hub, "GET", path + "/content?root=t")
            #expect(read.json["content"] == "one\ntwo!")
            let past = try Self.ask(hub, "GET", path + "/versions/\(id)?root=t")
            #expect(past.json["content"] == "one\ntwo")
            let diff = try Self.ask(hub, "GET", path + "/versions/\(id)/diff?root=t")
            #expect(
                diff.json["roots"]?.array?.first?["text"] == [
                    ["kind": "same", "text": "one"], ["kind": "removed", "text": "two"],
                    ["kind": "added", "text": "two!"],
                ]
            )
            #expect(
                try Self.ask(hub, "POST", path + "/versions/\(id)/restore").status == "200"
            )
            let restored = try Self.ask(hub, "GET", path + "/content?root=t&as=delta")
            #expect(restored.json["content"] == [["insert": "one\ntwo"]])
            #expect(try Self.ask(hub, "DELETE", path + "/versions/\(id)").status == "200")
            #expect(try Self.ask(hub, "DELETE", path + "/versions/\(id)").status == "404")
            #expect(try Self.ask(hub, "DELETE", path).status == "200")
            #expect(try Self.ask(hub, "GET", path + "/content?root=t").status == "404")
        }
    }

    @Test("A new title is shown to members at once, whichever dialect they speak")
    func rename() async throws {
        try await HubUnderTest.with { hub in
            #expect(
                try Self.ask(hub, "POST", "/api/docs", json: ["name": "n", "title": "A"]).status
                    == "201"
            )
            let editor = try Editor(hub, "n")
            _ = try editor.first([0, 0])
            try editor.send([103])
            #expect(try editor.first([103]) == [103, 1, 0x41])
            let follower = try ClientWebSocket(hub)
            #expect(try follower.ask("join", "doc:n")["ok"]?["title"] == "A")
            let renamed = try Self.ask(hub, "PATCH", "/api/docs/n", json: ["title": "B"])
            #expect(renamed.status == "200")
            #expect(renamed.json["position"] != nil)
            #expect(try editor.first([103]) == [103, 1, 0x42])
            #expect(try follower.event("doc_renamed")["data"] == ["title": "B"])
            let again: JSON = ["data": ["title": "C"]]
            #expect(try follower.ask("rename", "doc:n", again)["ok"]?["position"] != nil)
            #expect(try editor.first([103]) == [103, 1, 0x43])
            #expect(try Self.ask(hub, "GET", "/api/docs/n").json["title"] == "C")
        }
    }

    @Test("Versions are told to native clients; editors see nothing of them, and miss nothing")
    func versionEvents() async throws {
        try await HubUnderTest.with { hub in
            let path = "/api/docs/v"
            #expect(try Self.ask(hub, "POST", "/api/docs", json: ["name": "v"]).status == "201")
            let editors = [try Editor(hub, "v"), try Editor(hub, "v")]
            for editor in editors { _ = try editor.first([0, 0]) }
            let follower = try ClientWebSocket(hub)
            #expect(try follower.ask("join", "doc:v")["ok"] != nil)
            let fields: JSON = ["data": ["name": "first"], "key": "once"]
            let saved = try (0..<2).map { _ in
                try follower.ask("saveVersion", "doc:v", fields)["ok"]
            }
            #expect(saved[0] == saved[1])
            let id = try #require(saved[0]?["versionId"])
            let event = try follower.event("version_saved")
            #expect(event["data"] == ["versionId": id, "name": "first"])
            #expect(event["position"] == saved[0]?["position"])
            let posted = try Self.ask(hub, "POST", path + "/versions", json: ["name": "second"])
            #expect(posted.status == "201")
            #expect(posted.head.contains("ETag"))
            let second = try follower.event("version_saved")["data"]?["versionId"]
            #expect(second == posted.json["versionId"])
            let deletion = try Self.ask(hub, "DELETE", path + "/versions/\(id.string ?? "")")
            #expect(deletion.status == "200")
            #expect(try follower.event("version_removed")["data"] == ["versionId": id])
            let text = Array("hi".utf8)
            let put = path + "/content?root=t"
            #expect(try Self.ask(hub, "PUT", put, type: "text/plain", text).status == "200")
            for editor in editors { try editor.read(until: "hi") { editor.text == "hi" } }
        }
    }

    @Test("Records of versions are no message in y-protocols", arguments: [false, true])
    func dialects(isAddressed: Bool) throws {
        let events: [DocumentEvent] = [
            .versionSaved(RecordID(7), name: "x"), .versionRemoved(RecordID(7)),
        ]
        let records = events.map { event in
            let draft = Draft(
                id: RecordID(7),
                author: "ada",
                at: Timestamp(milliseconds: 1),
                key: nil,
                event: event
            )
            return Record(draft, offset: 1)
        }
        let dialect: DocumentDialect = isAddressed ? .hocuspocus : .yWebSocket
        let topic = try TopicID("doc:n")
        let shown = dialect.encode(records, of: topic, epoch: Epoch(1)) as? DocumentFrames
        #expect(shown?.frames == [])
        #expect(shown?.messages == [])
        #expect(shown?.title == nil)
    }

    @Test("Who may read only may not write, and who may do nothing sees nothing")
    func grants() async throws {
        let settings = HubUnderTest.Settings(admission: HubUnderTest.keyedAdmission)
        try await HubUnderTest.with(settings) { hub in
            let token = HubUnderTest.token("bob", [.init("grants", ["doc:open": ["join"]])])
            let field = "Authorization: Bearer \(token)\r\n"
            let read = try Self.ask(hub, "GET", "/api/docs/open/content?root=t", [], field)
            #expect(read.status == "200")
            let hidden = try Self.ask(hub, "GET", "/api/docs/other/content?root=t", [], field)
            #expect(hidden.status == "403")
            let body = Array(#"{"text":"x"}"#.utf8)
            let write = try Self.ask(hub, "PUT", "/api/docs/open/content?root=t", body, field)
            #expect(write.status == "403")
        }
    }
}
