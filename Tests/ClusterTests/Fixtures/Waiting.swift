import Cluster
import Logging
import Reactor
import Testing

/// Looks again and again until the condition holds, for 30 seconds at most.
func eventually(
    _ what: Comment,
    within patience: Duration = .seconds(30),
    location: SourceLocation = #_sourceLocation,
    _ condition: () async throws -> Bool
) async throws {
    let clock = ContinuousClock()
    let end = clock.now + patience
    while clock.now < end {
        if try await condition() { return }
        try await Task.sleep(for: .milliseconds(5))
    }
    Issue.record(what, sourceLocation: location)
    throw WaitedInVain()
}

struct WaitedInVain: Error {}

/// A client on a loop of its own, closed afterwards.
@discardableResult
func withClient<Result>(
    _ address: String,
    _ configure: (inout RedisSettings) -> Void = { _ in },
    _ body: (RedisClient) async throws -> Result
) async throws -> Result {
    let group = EventLoopGroup(loops: 1)
    group.start()
    defer {
        group.stop()
        group.join()
    }
    var settings = RedisSettings(address: try RedisAddress(address))
    configure(&settings)
    let logger = Logger(label: "redis") { _ in SwiftLogNoOpLogHandler() }
    let client = try RedisClient(settings, on: group[0], logger: logger)
    defer { client.close() }
    return try await body(client)
}

extension [UInt8] {
    init(_ text: String) {
        self = Array(text.utf8)
    }
}
