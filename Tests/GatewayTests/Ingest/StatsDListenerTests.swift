import Gateway
import Glibc
import Hub
import Logging
import NIOCore
import NIOPosix
import Testing

@Suite("StatsD over UDP")
struct StatsDListenerTests {
    private static func listener(_ intake: RecordingIntake) -> StatsDListener {
        StatsDListener(
            intake: intake,
            instruments: IngestInstruments(),
            now: { Timestamp(milliseconds: 1000) },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    @Test("Packets become samples at the next flush")
    func packets() async throws {
        let intake = RecordingIntake()
        let listener = Self.listener(intake)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let port = try await listener.bind(host: "127.0.0.1", port: 0, on: group)
        Self.send("hub.msgs:2|c\nhub.rooms:7|g", to: UInt16(port))
        // A packet takes its time; a flush before it came writes nothing.
        for _ in 0..<500 where intake.lines.isEmpty {
            try await Task.sleep(for: .milliseconds(10))
            await listener.flush(at: 5)
        }
        #expect(intake.takeLines() == ["hub_msgs 2.0 5", "hub_rooms 7.0 5"])
        try await group.shutdownGracefully()
    }

    private static func send(_ text: String, to port: UInt16) {
        let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        defer { close(descriptor) }
        var address = LoopbackListener.address(port)
        let bytes = Array(text.utf8)
        _ = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(
                    descriptor,
                    bytes,
                    bytes.count,
                    0,
                    $0,
                    socklen_t(MemoryLayout<sockaddr_in>.size)
                )
            }
        }
    }

    @Test("It listens on this machine only", arguments: ["0.0.0.0", "192.0.2.1", "::"])
    func loopback(_ host: String) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let listener = Self.listener(RecordingIntake())
        await #expect(throws: StatsDListener.Failure.self) {
            try await listener.bind(host: host, port: 0, on: group)
        }
        try await group.shutdownGracefully()
    }
}
