import Hub
import Testing

@testable import Gateway

@Suite("What nodes tell each other")
struct ClusterTests {
    private static let bearer = "Authorization: Bearer \(ScriptedDesk.secretText)"
    private static let proxied = "X-Forwarded-For: 192.0.2.1"

    @Test(
        "Copies are given to those who know the secret, and to nobody else anywhere"
    )
    func copies() async throws {
        try await RunningPlane.with(.init(cluster: ScriptedDesk())) { plane in
            let path = "/cluster/v1/partitions/7"
            #expect(try await plane.ask(Requests.get(path)).status == 401)
            let wrong = "Authorization: Bearer \(ScriptedDesk.secretText.uppercased())"
            #expect(try await plane.ask(Requests.get(path, wrong)).status == 401)
            let right = try await plane.ask(Requests.get(path, Self.bearer))
            #expect(right.status == 200)
            #expect(right.json?["partition"]?.string == "m07")
            let absent = try await plane.ask(Requests.get("/cluster/v1/partitions/8", Self.bearer))
            #expect(absent.status == 404)
            let none = try await plane.ask(Requests.get("/cluster/v1/partitions/64", Self.bearer))
            #expect(none.status == 404)
            let part = try await plane.ask(
                Requests.get("/cluster/v1/part?topic=room%3Ar&after=12", Self.bearer)
            )
            #expect(part.json?["after"]?.string == "room:r 12")
            let version = "/cluster/v1/version?topic=doc%3An&id="
            #expect(try await plane.ask(Requests.get(version + "7")).status == 401)
            let state = try await plane.ask(Requests.get(version + "7", Self.bearer))
            #expect(state.text == "doc:n 7")
            let gone = try await plane.ask(Requests.get(version + "8", Self.bearer))
            #expect(gone.status == 404)
            let page = try await plane.ask(
                Requests.get(path, Self.bearer, "Origin: https://elsewhere.example")
            )
            #expect(page.status == 403)
        }
    }

    @Test("The status is for this machine and for nodes; the deep health has its numbers")
    func status() async throws {
        try await RunningPlane.with(.init(cluster: ScriptedDesk())) { plane in
            let path = "/cluster/v1/status"
            #expect(try await plane.ask(Requests.get(path)).json?["node"]?.string == "n1")
            #expect(try await plane.ask(Requests.get(path, Self.proxied)).status == 401)
            let known = try await plane.ask(Requests.get(path, Self.proxied, Self.bearer))
            #expect(known.status == 200)
            let deep = try await plane.ask(Requests.get("/healthz?deep=1"))
            #expect(deep.json?["cluster"]?["lag"]?.int == 3)
            let metrics = try await plane.ask(Requests.get("/metrics"))
            #expect(metrics.text.contains("martlet_cluster_lag_entries 3\n"))
            #expect(metrics.text.contains("martlet_cluster_partitions{state=\"live\"} 63\n"))
        }
    }

    @Test("A cluster without a secret gives no copies")
    func withoutSecret() async throws {
        try await RunningPlane.with(.init(cluster: ScriptedDesk(secret: Secret("")))) { plane in
            let path = "/cluster/v1/partitions/7"
            #expect(try await plane.ask(Requests.get(path)).status == 401)
            let empty = try await plane.ask(Requests.get(path, "Authorization: Bearer "))
            #expect(empty.status == 401)
        }
    }

    @Test("A hub that is no node has nothing there")
    func alone() async throws {
        try await RunningPlane.with { plane in
            let reply = try await plane.ask(Requests.get("/cluster/v1/status"))
            #expect(reply.status == 404)
        }
    }
}

/// A node with one partition to give.
struct ScriptedDesk: ClusterDesk {
    static let secretText = "thirty-two bytes that nobody else knows"

    var secret = Secret(secretText)

    var reading: ClusterReading {
        var reading = ClusterReading()
        reading.partitions = [("live", 63), ("restoring", 1)]
        reading.lag = 3
        return reading
    }

    func status() -> JSON { ["node": "n1"] }

    func outline(of partition: Partition) async throws(JournalError) -> [UInt8]? {
        guard partition.number == 7 else { return nil }
        let json: JSON = ["partition": .string(partition.description)]
        return json.encoded()
    }

    func part(of topic: TopicID, after: Offset) async throws(JournalError) -> [UInt8] {
        let json: JSON = ["after": .string("\(topic.text) \(after)")]
        return json.encoded()
    }

    func version(_ id: RecordID, of topic: TopicID) async throws(JournalError) -> [UInt8]? {
        id == RecordID(7) ? Array("\(topic.text) \(id)".utf8) : nil
    }
}
