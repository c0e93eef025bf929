import ArgumentParser
import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOSSL

/// Asks a running hub whether it is ready: for a container's health check.
struct HealthCommand: HubCommand {
    static let configuration = CommandConfiguration(
        commandName: "health",
        abstract: "Ask a running hub whether it is ready; exit code 0 if it is.",
        discussion: "Asks at the address and port of the configuration, or at --url."
    )

    @OptionGroup var options: ServingOptions

    @Option(help: "Where to ask instead, like http://127.0.0.1:8000.")
    var url: String?

    func perform() async throws(Failure) {
        let settings = try options.read().settings
        let address = (url ?? Self.address(settings.listening)) + "/readyz"
        var configuration = HTTPClient.Configuration()
        // It asks its own machine, which the certificate needn't name.
        configuration.tlsConfiguration = .clientDefault
        configuration.tlsConfiguration?.certificateVerification = .none
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let answer = await Self.ask(address, with: client)
        try? await client.shutdown()
        guard answer == 200 else {
            let what = answer.map { "answered \($0)" } ?? "did not answer"
            throw Failure(.unavailable, "\(address) \(what).")
        }
        Terminal.say("ready")
    }

    private static func ask(_ address: String, with client: HTTPClient) async -> UInt? {
        let request = HTTPClientRequest(url: address)
        return try? await client.execute(request, timeout: .seconds(5)).status.code
    }

    /// A hub that listens on every address is asked on loopback.
    static func address(_ listening: Settings.Listening) -> String {
        var host = listening.hosts.first ?? "127.0.0.1"
        if host == "0.0.0.0" { host = "127.0.0.1" }
        if host == "::" { host = "::1" }
        if host.contains(":") { host = "[\(host)]" }
        return "\(listening.isTLS ? "https" : "http")://\(host):\(listening.port)"
    }
}
