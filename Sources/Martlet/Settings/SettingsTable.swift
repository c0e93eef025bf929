import Gateway
import Hub

/// Everything that can be set, in the order in which it is listed.
enum SettingsTable {
    static let all: [Setting] =
        place + keeping + cluster + metrics + admission + tokens + rates + bounds + logs

    static func setting(_ name: String) -> Setting? {
        all.first { $0.name == name }
    }

    private static let place: [Setting] = [
        .list(
            "host",
            \.listening.hosts,
            "addresses or host names",
            "The addresses to listen on. Without keys only loopback is allowed."
        ),
        .number("port", \.listening.port, 0...65_535, "The port; 0 takes a free one."),
        .text("unix", \.listening.unix, "A Unix socket to listen on besides."),
        .text("tls.certificate", \.listening.certificate, "A PEM file with the certificate chain."),
        .text("tls.key", \.listening.key, "A PEM file with the certificate's private key."),
        .list(
            "proxies",
            \.proxies,
            "addresses or ranges in CIDR notation, loopback or unix",
            "Proxies whose X-Forwarded-For is believed.",
            isGood: { TrustedProxies([$0]) != nil }
        ),
        .flag(
            "proxy-protocol",
            \.entrance.expectsProxyHeader,
            "Trusted proxies begin each connection with a PROXY header (version 1 or 2)."
        ),
        .number("loops", \.loops, 0...256, "Event loops, a thread each; 0 is one for each core."),
        .text(
            "pages.modules",
            \.pages.modules,
            "The directory with yjs, lib0, y-protocols, y-websocket and isomorphic.js."
        ),
        .text(
            "pages.charts",
            \.pages.charts,
            "The directory with chart.min.js, with which the dashboard draws."
        ),
        .flag("echo", \.entrance.echoes, "Opens /echo, for conformance suites."),
        .duration(
            "drain",
            \.drainWindow,
            .zero ... .seconds(600),
            "How long clients have to move when the hub stops."
        ),
    ]

    private static let keeping: [Setting] = [
        .text("data", \.store.directory, "The directory where everything is kept."),
        .choice(
            "durability",
            \.store.durability,
            "When a message counts as stored: when the disk has it, or when the system has it."
        ),
        .duration(
            "rooms.idle",
            \.topics.idleAfter,
            .seconds(1) ... .seconds(86_400),
            "How long a room that nobody uses stays in memory."
        ),
        .duration(
            "rooms.grace",
            \.topics.presenceGrace,
            .zero ... .seconds(300),
            "How long someone whose connection was lost is still shown as present."
        ),
        .number(
            "rooms.listed",
            \.topics.listedMaximum,
            1...100_000,
            "People present beyond which a room shows counts instead of lists."
        ),
        .number(
            "rooms.queue",
            \.topics.queueMaximum,
            1...1_000_000,
            "Commands that may wait for a room; more are refused as busy."
        ),
        .duration(
            "orders.window",
            \.checkouts.paymentWindow,
            .seconds(1) ... .seconds(86_400),
            "How long an order waits for its payment."
        ),
        .duration(
            "orders.grace",
            \.checkouts.grace,
            .zero ... .seconds(3_600),
            "How much longer its goods are held."
        ),
    ]

    private static let metrics: [Setting] = [
        .flag(
            "metrics.collect",
            \.metrics.collects,
            "Keeps the hub's own metrics and this machine's, every second."
        ),
        .list(
            "metrics.scrape",
            \.metrics.targets,
            "addresses of HTTP, or objects with url, job, interval, timeout, labels, keep, drop "
                + "and relabel",
            "Prometheus targets to scrape.",
            isGood: { ScrapeTarget(text: $0) != nil }
        ),
        .one(
            "metrics.statsd",
            \.metrics.statsD,
            "an address of this machine and a port, like 127.0.0.1:8125",
            "Where StatsD is taken over UDP; empty for nowhere.",
            read: { text in
                text.isEmpty ? .some(nil) : UDPPlace(text).map { .some($0) }
            },
            write: { $0?.text ?? "" }
        ),
        .duration(
            "metrics.kept",
            \.metrics.kept,
            .seconds(3_600) ... .seconds(3_650 * 86_400),
            "How long samples are kept as they came."
        ),
        .duration(
            "metrics.minutes-kept",
            \.metrics.minutesKept,
            .seconds(3_600) ... .seconds(3_650 * 86_400),
            "How long a row of each minute is kept."
        ),
        .duration(
            "metrics.hours-kept",
            \.metrics.hoursKept,
            .seconds(3_600) ... .seconds(3_650 * 86_400),
            "How long a row of each hour is kept."
        ),
    ]

    private static let admission: [Setting] = [
        .list(
            "origins",
            \.admission.origins,
            "origins like https://chat.example or https://*.example",
            "Web pages that may connect; none listed: those of the hub's own address.",
            isGood: Origins.isPattern
        ),
        .flag(
            "guests.allowed",
            \.admission.allowsGuests,
            "Lets guests in although there are keys; without keys they always are."
        ),
        .grants("guests.grants", \.admission.guestGrants, "What guests may do."),
        .flag(
            "unlimited",
            \.admission.isUnlimited,
            "Lifts rates and connection caps, for load tests."
        ),
        .number(
            "connections.total",
            \.admission.connections.total,
            1...10_000_000,
            "Connections in all."
        ),
        .number(
            "connections.address",
            \.admission.connections.perAddress,
            1...10_000_000,
            "Connections from one address; an IPv6 host is its /64."
        ),
        .number(
            "connections.user",
            \.admission.connections.perUser,
            1...10_000_000,
            "Connections of one user."
        ),
    ]

    private static let tokens: [Setting] = [
        .many(
            "auth.secrets",
            \.admission.secrets,
            "texts",
            "Secrets of HS256 tokens, 32 bytes or more; several while one replaces another.",
            isSecret: true,
            read: { Secret($0) },
            write: { "\($0)" }
        ),
        .list("auth.secret-files", \.secretFiles, "paths", "Files with one such secret each."),
        .list(
            "auth.key-files",
            \.publicKeyFiles,
            "paths",
            "PEM files with a public key each, for RS256, ES256 and EdDSA tokens."
        ),
        .one(
            "auth.jwks",
            \.admission.keySet,
            "a path, or an address that begins with https:// (http:// on loopback)",
            "A JSON Web Key Set with more public keys.",
            read: { text in
                guard !text.isEmpty else { return .some(nil) }
                return (try? KeySetSource(text)).map { .some($0) }
            },
            write: { source in
                switch source {
                case .file(let path): path
                case .url(let url): url
                case nil: ""
                }
            }
        ),
        .duration(
            "auth.jwks-interval",
            \.admission.keySetInterval,
            .seconds(10) ... .seconds(86_400),
            "How often the key set is read again."
        ),
        .optionalText("auth.issuer", \.admission.rules.issuer, "The iss that tokens must have."),
        .optionalText(
            "auth.audience",
            \.admission.rules.audience,
            "The aud that tokens must have."
        ),
        .duration(
            "auth.leeway",
            \.admission.rules.leeway,
            .zero ... .seconds(600),
            "For clocks that differ."
        ),
        .flag("auth.expiry", \.admission.rules.requiresExpiry, "Tokens must have an exp."),
        .one(
            "auth.lifetime",
            \.admission.rules.lifetimeMaximum,
            "a time like 1h or 7d, or 0 for any",
            "How long tokens may be valid from their iat on.",
            read: { text in
                DurationText.read(text).map { time -> Duration? in time == .zero ? nil : time }
            },
            write: { DurationText.text($0 ?? .zero) }
        ),
        .grants(
            "auth.grants",
            \.admission.rules.defaultGrants,
            "What tokens without a grants claim allow."
        ),
        .duration(
            "auth.revocations",
            \.admission.revocationLifetime,
            .seconds(60) ... .seconds(3_650 * 86_400),
            "How long revocations are kept; longer than any token is valid."
        ),
    ]

    private static let rates: [Setting] = [
        .rate(
            "rate.connection",
            \.admission.connectionRate,
            "Points a second, and at once, of one connection; a post costs 2, a search 10."
        ),
        .rate("rate.user", \.admission.userRate, "The same of one user."),
        .rate("rate.address", \.admission.addressRate, "The same from one address."),
        .rate(
            "rate.connect",
            \.admission.connections.rate,
            "New connections from one address."
        ),
    ]

    private static let bounds: [Setting] = [
        .bytes(
            "limits.message",
            \.links.messageBytesMaximum,
            1_024...(64 << 20),
            "A WebSocket message, decompressed."
        ),
        .number("limits.batch", \.links.batchMaximum, 1...10_000, "Commands of a batch."),
        .number("limits.topics", \.links.topicsMaximum, 1...100_000, "Topics of a connection."),
        .number(
            "limits.pending",
            \.links.pendingMaximum,
            1...100_000,
            "Commands of a connection that may be under way."
        ),
        .bytes(
            "limits.lag",
            \.links.lagBytes,
            16_384...(256 << 20),
            "Queued bytes beyond which a slow reader is given the log instead."
        ),
        .bytes("limits.head", \.http.headBytesMaximum, 4_096...(1 << 20), "The head of a request."),
        .duration(
            "timeouts.head",
            \.entrance.headTimeout,
            .milliseconds(100) ... .seconds(300),
            "For the first head of a connection."
        ),
        .duration(
            "timeouts.ping",
            \.links.pingInterval,
            .seconds(1) ... .seconds(3_600),
            "Between the pings of a WebSocket."
        ),
        .duration(
            "timeouts.stall",
            \.links.stallTimeout,
            .seconds(1) ... .seconds(3_600),
            "How long a reader may take nothing."
        ),
        .duration(
            "timeouts.idle",
            \.http.idleTimeout,
            .seconds(1) ... .seconds(3_600),
            "Between the requests of an HTTP connection."
        ),
    ]

    private static let logs: [Setting] = [
        .choice("log.level", \.log.level, "What is logged: this and graver."),
        .choice("log.format", \.log.format, "How it is logged, to standard error."),
    ]
}
