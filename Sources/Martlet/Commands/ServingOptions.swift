import ArgumentParser

/// The flags of `serve`, and of `config`, which shows what `serve` would do with them.
struct ServingOptions: ParsableArguments {
    @OptionGroup var settings: SettingsOptions

    @Option(help: "The address to listen on; several with commas. (default: 127.0.0.1)")
    var host: String?

    @Option(help: "The port; 0 takes a free one. (default: 8000)")
    var port: String?

    @Option(help: "A Unix socket to listen on besides.")
    var unix: String?

    @Option(help: "When a message counts as stored: disk or os. (default: disk)")
    var durability: String?

    @Option(help: "Event loops, a thread each. (default: one for each core)")
    var loops: String?

    @Option(help: "A PEM file with the certificate chain.")
    var tlsCertificate: String?

    @Option(help: "A PEM file with the certificate's private key.")
    var tlsKey: String?

    @Option(help: "The Redis of a cluster: redis://[user:password@]host:port[,host:port…].")
    var redis: String?

    @Option(help: "This node's name in the cluster. (default: the host's name)")
    var node: String?

    @Option(help: "Where other nodes reach this one, such as http://10.0.0.7:8000.")
    var advertise: String?

    @Flag(help: "Open /echo, for conformance suites.")
    var echo = false

    @Flag(help: "Lift rates and connection caps, for load tests.")
    var unlimited = false

    func read() throws(Failure) -> EffectiveSettings {
        try settings.read(flags: [
            "host": host, "port": port, "unix": unix, "durability": durability, "loops": loops,
            "tls.certificate": tlsCertificate, "tls.key": tlsKey, "cluster.redis": redis,
            "cluster.node": node, "cluster.advertise": advertise, "echo": echo ? "true" : nil,
            "unlimited": unlimited ? "true" : nil,
        ])
    }
}
