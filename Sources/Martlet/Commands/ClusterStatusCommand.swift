import ArgumentParser
import AsyncHTTPClient
import Foundation
import Gateway
import Hub
import NIOCore
import NIOHTTP1
import NIOSSL

/// Asks a running hub how its cluster stands, and draws the answer.
struct ClusterStatusCommand: HubCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show a node's view of its cluster; exit code 0 if all of it works.",
        discussion: """
            Asks at the address and port of the configuration, or at --url. A hub on another \
            machine answers whoever knows cluster.secret.
            """
    )

    @OptionGroup var options: ServingOptions

    @Option(help: "Where to ask instead, like http://127.0.0.1:8000.")
    var url: String?

    @Flag(help: "Print the answer as it is.")
    var json = false

    func perform() async throws(Failure) {
        let settings = try options.read().settings
        let address = (url ?? HealthCommand.address(settings.listening)) + "/cluster/v1/status"
        var request = HTTPClientRequest(url: address)
        let secret = settings.cluster.secret.bytes
        if !secret.isEmpty {
            let token = String(decoding: secret, as: UTF8.self)
            request.headers.add(name: "Authorization", value: "Bearer \(token)")
        }
        var configuration = HTTPClient.Configuration()
        configuration.tlsConfiguration = .clientDefault
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let answer = await Self.ask(request, with: client)
        try? await client.shutdown()
        guard let (status, body) = answer else {
            throw Failure(.unavailable, "\(address) did not answer.")
        }
        guard status == 200, let told = try? JSONParser.parse(body) else {
            let what = status == 404 ? "is no node of a cluster" : "answered \(status)"
            throw Failure(.unavailable, "\(address) \(what).")
        }
        if json { return Terminal.say(String(decoding: body, as: UTF8.self)) }
        let drawing = ClusterDrawing(told)
        Terminal.say(drawing.text)
        guard drawing.isWhole else {
            throw Failure(.temporary, "Not all of the cluster works, as this node sees it.")
        }
    }

    private static func ask(
        _ request: HTTPClientRequest,
        with client: HTTPClient
    ) async -> (UInt, [UInt8])? {
        guard let response = try? await client.execute(request, timeout: .seconds(5)),
            let body = try? await response.body.collect(upTo: 1 << 20)
        else { return nil }
        return (response.status.code, Array(body.readableBytesView))
    }
}
