import Dispatch
import Glibc
import Hub
import Storage
import Synchronization
import Testing

@testable import Martlet

/// If these fail, a hub that is killed sells what it has not, or forgets what it has promised.
@Suite("Stock of a hub that is killed", .serialized)
struct StockCrashTests {
    private static let rounds = 20
    private static let buyers = 4
    private static let pieces: Int64 = 1_000_000
    private static let item = "/api/items/tea"

    @Test("After kill -9 every acknowledged hold and sale is there, and the pieces add up")
    func kill() async throws {
        let place = try Workplace()
        let data = place.file("data")
        let told = Told()
        for round in 0..<Self.rounds {
            try await Self.buy(until: told.count.load(ordering: .relaxed) + 10, round, data, told)
        }
        let hub = try Self.hub(data)
        let port = try Self.port(of: hub)
        let moves = try await Self.onThread { Self.moves(from: port) }
        let answer = try await Self.onThread {
            PlainConnection(port: port).flatMap { Self.ask($0, "GET", Self.item) }
        }
        let stock = try #require(answer)
        hub.send(SIGKILL)
        var sold: Int64 = 0
        var holders: [String: String] = [:]
        var ended: Set<String> = []
        for move in moves {
            guard let data = move["data"], let id = data["reservationId"]?.string else { continue }
            switch move["event"]?.string {
            case "stock_reserved": holders[id] = data["holder"]?.string
            case "reservation_committed":
                sold += data["quantity"]?.int ?? 0
                #expect(ended.insert(id).inserted, "\(id) was sold twice")
                #expect(holders[id] != nil, "\(id) was sold without a hold")
            default: break
            }
        }
        #expect(stock["onHand"]?.int == Self.pieces - sold)
        #expect(stock["reserved"]?.int == Int64(holders.count - ended.count))
        for (id, name) in told.reserved.withLock({ $0 }) {
            #expect(holders[id] == name, "The hold \(id) was acknowledged")
        }
        let committed = told.committed.withLock { $0 }
        #expect(committed.isSubset(of: ended))
        #expect(committed.count >= Self.rounds)
    }

    /// Lets buyers buy until so many commands were acknowledged, and kills the hub amid them.
    private static func buy(
        until enough: Int,
        _ round: Int,
        _ data: String,
        _ told: Told
    ) async throws {
        let hub = try hub(data)
        let port = try port(of: hub)
        if round == 0 {
            let reply = try await onThread {
                let connection = try #require(PlainConnection(port: port))
                return ask(connection, "POST", item + "/receive", #"{"quantity":\#(pieces)}"#)
            }
            #expect(reply?["available"]?.int == pieces)
        }
        await withTaskGroup(of: Void.self) { group in
            for buyer in 0..<buyers {
                group.addTask {
                    try? await onThread { buy(from: port, "r\(round)-b\(buyer)", told) }
                }
            }
            for _ in 0..<2_000 where told.count.load(ordering: .relaxed) < enough {
                try? await Task.sleep(for: .milliseconds(2))
            }
            hub.send(SIGKILL)
        }
        // Until it is gone the directory is its own.
        _ = try hub.outcome()
    }

    /// Holds a piece and takes it, again and again, until the hub is gone.
    private static func buy(from port: Int, _ name: String, _ told: Told) {
        guard let connection = PlainConnection(port: port) else { return }
        for _ in 0..<10_000 {
            let path = item + "/reservations?name=\(name)"
            guard let hold = ask(connection, "POST", path, #"{"quantity":1}"#) else { return }
            guard let id = hold["reservationId"]?.string else { continue }
            told.reserved.withLock { $0[id] = name }
            told.count.wrappingAdd(1, ordering: .relaxed)
            let sale = "/api/reservations/\(id)/commit?name=\(name)"
            guard let sold = ask(connection, "POST", sale, "{}") else { return }
            guard sold["reservationId"]?.string == id else { continue }
            told.committed.withLock { _ = $0.insert(id) }
            told.count.wrappingAdd(1, ordering: .relaxed)
        }
    }

    /// Oldest first.
    private static func moves(from port: Int) -> [JSON] {
        guard let connection = PlainConnection(port: port) else { return [] }
        var moves: [JSON] = []
        var after = ""
        for _ in 0..<10_000 {
            let path = item + "/moves?limit=200" + after
            guard let page = ask(connection, "GET", path) else { return [] }
            moves += page["moves"]?.array ?? []
            guard page["more"]?.bool == true, let last = moves.last?["version"]?.int else { break }
            after = "&after=\(last)"
        }
        return moves.reversed()
    }

    private static func ask(
        _ connection: PlainConnection,
        _ method: String,
        _ path: String,
        _ json: String = ""
    ) -> JSON? {
        let reply = connection.ask(method, path, Array(json.utf8), type: "application/json")
        return reply.flatMap { try? JSONParser.parse($0.body) }
    }

    private static func hub(_ data: String) throws -> MartletProcess {
        try MartletProcess([
            "serve", "--port", "0", "--data", data, "--set", "drain=0", "--set", "unlimited=true",
        ])
    }

    private static func port(of hub: MartletProcess) throws -> Int {
        let line = try #require(try hub.announcement())
        let address = try #require(line.split(separator: " ").first { $0.hasPrefix("http") })
        return try #require(Int(address.split(separator: ":").last ?? ""))
    }

    /// Waiting for a socket must not hold up the threads that all tests share.
    private static func onThread<Value: Sendable>(
        _ body: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result { try body() }) }
        }
    }

    private final class Told: Sendable {
        /// Acknowledged commands.
        let count = Atomic<Int>(0)
        /// Whose each acknowledged hold is.
        let reserved = Mutex<[String: String]>([:])
        let committed = Mutex<Set<String>>([])
    }
}
