import CRDT
import Dispatch
import Glibc
import Synchronization
import Testing

@testable import Martlet

/// If these fail, a document loses what its writers were told is safe.
@Suite("Documents of a hub that is killed", .serialized)
struct DocumentCrashTests {
    private static let writers = 4
    private static let path = "/api/docs/notes"

    @Test(
        "After kill -9 every acknowledged update is in the state, also when it fell on a snapshot",
        arguments: [5, 60, 200]
    )
    func kill(acknowledgements: Int) async throws {
        let place = try Workplace()
        let data = place.file("data")
        var acknowledged: [String: Int] = [:]
        for round in 0..<2 {
            let told = try await Self.write(until: acknowledgements, round: round, data)
            #expect(told.values.reduce(0, +) >= acknowledgements)
            acknowledged.merge(told) { $1 }
        }
        let hub = try Self.hub(data)
        let port = try await Self.port(of: hub)
        let state = try #require(
            await Self.onThread { PlainConnection(port: port)?.ask("GET", Self.path + "/state") }
        )
        #expect(state.status == 200)
        let document = YDocument()
        document.apply(try YUpdate(v1: state.body, limits: .storage))
        #expect(document.pendingSize == 0)
        for (root, count) in acknowledged {
            let expected = (0..<count).map(Self.token).joined()
            #expect(document.text(root).hasPrefix(expected), "\(root) lacks some of \(count)")
        }
        hub.send(SIGKILL)
        let verified = try await Self.onThread {
            Result { try MartletProcess.run(["verify", "--data", data]) }
        }.get()
        #expect(verified.code == 0, "\(verified.complaints)")
    }

    /// Lets writers write until so many updates were acknowledged, and kills the hub amid them.
    /// Gives how many of each writer were.
    private static func write(
        until enough: Int,
        round: Int,
        _ data: String
    ) async throws -> [String: Int] {
        let hub = try hub(data)
        let port = try await port(of: hub)
        let told = Told()
        await withTaskGroup(of: Void.self) { group in
            for writer in 0..<writers {
                group.addTask { await onThread { write(to: port, as: writer, round, told) } }
            }
            for _ in 0..<6_000 where told.total < enough {
                try? await Task.sleep(for: .milliseconds(5))
            }
            hub.send(SIGKILL)
        }
        return told.counts.withLock { $0 }
    }

    /// Types at the end of a root of its own until the hub is gone.
    private static func write(to port: Int, as writer: Int, _ round: Int, _ told: Told) {
        let root = "round-\(round)-\(writer)"
        let client = UInt64(1 + round * writers + writer)
        let document = YDocument()
        guard let connection = PlainConnection(port: port) else { return }
        var length = 0
        for number in 0..<100_000 {
            let text = token(number)
            let update = try? document.edit(client: client) { edit throws(YEditError) in
                try edit.insert(text, at: length, in: .root(root))
            }
            length += text.utf8.count
            guard let bytes = update ?? nil,
                connection.ask("POST", path + "/updates", bytes)?.status == 200
            else { return }
            told.counts.withLock { $0[root] = number + 1 }
        }
    }

    /// Long enough for a snapshot after some 30 of them.
    private static func token(_ number: Int) -> String {
        "\(number):" + String(repeating: "x", count: 1_000) + ";"
    }

    private static func hub(_ data: String) throws -> MartletProcess {
        try MartletProcess([
            "serve", "--port", "0", "--data", data, "--set", "drain=0", "--set", "unlimited=true",
        ])
    }

    private static func port(of hub: MartletProcess) async throws -> Int {
        let line = try #require(try hub.announcement())
        let address = try #require(line.split(separator: " ").first { $0.hasPrefix("http") })
        return try #require(Int(address.split(separator: ":").last ?? ""))
    }

    /// Waiting for a socket must not hold up the threads that all tests share.
    private static func onThread<Value: Sendable>(
        _ body: @escaping @Sendable () -> Value
    ) async -> Value {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: body()) }
        }
    }

    /// How many updates the hub acknowledged, by root.
    private final class Told: Sendable {
        let counts = Mutex<[String: Int]>([:])

        var total: Int { counts.withLock { $0.values.reduce(0, +) } }
    }
}
