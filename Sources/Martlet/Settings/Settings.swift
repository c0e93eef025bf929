import Cluster
import Gateway
import Hub
import Storage

/// Everything that can be set, with its defaults: what `SettingsTable` reads and `Assembly` builds
/// from.
struct Settings: Sendable {
    var listening = Listening()
    var store = StoreSettings()
    /// 0: as many as there are cores.
    var loops = 0
    /// How long clients have to move when the hub stops.
    var drainWindow: Duration = .seconds(10)
    var log = LogSettings()
    var admission = AdmissionSettings()
    /// Files with more keys, one in each.
    var secretFiles: [String] = []
    var publicKeyFiles: [String] = []
    var proxies: [String] = []
    var entrance = EntranceSettings()
    var links = LinkSettings()
    var topics = TopicSettings()
    var checkouts = CheckoutSettings()
    var http = HTTPLimits()
    var pages = PageSettings()
    var metrics = MetricSettings()
    var cluster = ClusterSettings()
}

extension Settings {
    /// Where connections come in.
    struct Listening: Sendable {
        var hosts = ["127.0.0.1"]
        var port = 8000
        /// A Unix socket besides; empty for none.
        var unix = ""
        var certificate = ""
        var key = ""

        var isTLS: Bool { !certificate.isEmpty }
    }

    /// Where messages are kept.
    struct StoreSettings: Sendable {
        var directory = "./data"
        var durability = Durability.disk
    }

    /// Where samples come from, and how long they are kept.
    struct MetricSettings: Sendable {
        /// The hub's own and this machine's, every second.
        var collects = true
        /// As `ScrapeTarget` reads them.
        var targets: [String] = []
        var statsD: UDPPlace?
        var kept: Duration = .seconds(15 * 86_400)
        var minutesKept: Duration = .seconds(90 * 86_400)
        var hoursKept: Duration = .seconds(400 * 86_400)

        var retention: MetricRetention {
            var retention = MetricRetention()
            retention.raw = kept.milliseconds
            retention.tenSeconds = kept.milliseconds
            retention.minute = max(kept, minutesKept).milliseconds
            retention.hour = max(kept, minutesKept, hoursKept).milliseconds
            return retention
        }
    }

    /// The other nodes, and how they are reached.
    struct ClusterSettings: Sendable {
        /// Nil for a hub of one node.
        var redis: RedisPlace?
        /// Of this node; the host's name where none is given.
        var node: NodeName?
        /// Where the other nodes reach this one by HTTP.
        var advertise = ""
        /// What all keys and channels in Redis begin with.
        var prefix = "martlet"
        var secret = Secret("")
        /// Entries of each partition's log.
        var kept = 20_000
        /// Of the authorities that Redis's certificate is believed by; empty for the system's.
        var trust = ""
    }

    /// What the pages need beside what is in the binary.
    struct PageSettings: Sendable {
        /// Where Debian puts JavaScript packages; empty for none.
        var modules = "/usr/share/nodejs"
        /// Where Debian puts Chart.js; empty for none.
        var charts = "/usr/share/javascript/chart.js"
    }

    /// What is logged, and how.
    struct LogSettings: Sendable {
        enum Format: String, CaseIterable, Sendable {
            case text
            case json
        }

        enum Level: String, CaseIterable, Sendable {
            case trace
            case debug
            case info
            case notice
            case warning
            case error
            case critical
        }

        var level = Level.info
        var format = Format.text
    }
}
