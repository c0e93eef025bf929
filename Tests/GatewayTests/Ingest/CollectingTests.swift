import Hub
import Logging
import Testing
import TimeSeries

@testable import Gateway

@Suite("The hub's own metrics")
struct CollectingTests {
    private static let files = [
        "/proc/stat": "cpu  100 0 50 800 50 0 0 0 0 0\ncpu0 50 0 25 400 25\ncpu1 50 0 25 400 25\n",
        "/proc/loadavg": "0.50 1.25 2.00 1/100 4242\n",
        "/proc/meminfo": "MemTotal:  2048 kB\nMemFree: 1 kB\nMemAvailable: 1024 kB\n",
        "/proc/diskstats": """
        8 0 sda 1 2 100 4 5 6 200 8 0 500 10 0 0
        8 1 sda1 1 2 100 4 5 6 200 8 0 500 10 0 0
        259 0 nvme0n1 1 2 10 4 5 6 20 8 0 50 10 0 0
        259 1 nvme0n1p1 1 2 10 4 5 6 20 8 0 50 10 0 0
        7 0 loop0 1 2 100 4 5 6 200 8 0 500 10 0 0
        """,
        "/proc/net/dev": """
        Inter-|   Receive                      |  Transmit
         face |bytes packets errs drop fifo frame compressed multicast|bytes
            lo: 1 0 0 0 0 0 0 0 1 0 0 0 0 0 0 0
          eth0:1500 3 0 0 0 0 0 0 2500 4 0 0 0 0 0 0
        """,
    ]

    private static func figures(_ files: [String: String]) -> [String: Double] {
        var figures: [String: Double] = [:]
        for figure in HostReading(ticks: 100, text: { files[$0] ?? "" }).figures {
            figures[figure.name + (figure.label.map { " \($0.value)" } ?? "")] = figure.value
        }
        return figures
    }

    @Test("The kernel's texts are understood")
    func host() {
        let figures = Self.figures(Self.files)
        #expect(figures["host_cpu_seconds_total user"] == 1)
        #expect(figures["host_cpu_seconds_total idle"] == 8)
        #expect(figures["host_cpus"] == 2)
        #expect(figures["host_load5"] == 1.25)
        #expect(figures["host_memory_bytes"] == 2_097_152)
        #expect(figures["host_memory_available_bytes"] == 1_048_576)
        #expect(figures["host_disk_read_bytes_total sda"] == 51_200)
        #expect(figures["host_disk_written_bytes_total nvme0n1"] == 10_240)
        #expect(figures["host_disk_busy_seconds_total sda"] == 0.5)
        #expect(figures["host_network_received_bytes_total eth0"] == 1500)
        #expect(figures["host_network_sent_bytes_total eth0"] == 2500)
        let devices = figures.keys.filter { $0.hasPrefix("host_disk_read") || $0.contains(" lo") }
        #expect(devices.count == 2)
    }

    @Test("A kernel that says less is believed as far as it goes")
    func missing() {
        #expect(Self.figures([:]) == ["host_cpus": 0])
        #expect(
            Self.figures(["/proc/net/dev": "eth0: 1 2\n:", "/proc/stat": "cpu x\n"]).count == 1
        )
    }

    @Test("Each reading writes the host's figures and what /metrics says")
    func collect() async {
        let intake = RecordingIntake()
        let instruments = Instruments(version: "1.2.3")
        instruments.connectionsAccepted.add(3)
        let collector = Collector(
            dataPath: "/",
            instruments: instruments,
            intake: intake,
            now: { Timestamp(milliseconds: 0) },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        #expect(await collector.collect(at: 5000))
        let lines = intake.lines
        #expect(lines.contains { $0.hasPrefix("host_memory_bytes{") && $0.hasSuffix(" 5000") })
        #expect(lines.contains { $0.hasPrefix("host_filesystem_bytes{") })
        let accepted = lines.filter { $0.hasPrefix("martlet_connections_accepted_total{") }
        #expect(accepted.count == 1)
        #expect(accepted.first?.hasSuffix(#"job="martlet"} 3.0 5000"#) == true)
        #expect(intake.metadata.contains { $0.family == "martlet_build_info" })
        #expect(intake.shards.count == 8)
    }
}
