import AsyncHTTPClient
import Gateway
import Hub
import Logging
import NIOCore
import NIOHTTP1
import Reactor
import Storage
import Testing

@testable import Martlet

@Suite("The assembly, in this process")
struct AssemblyTests {
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private func settings(_ place: Workplace) -> Settings {
        var settings = Settings()
        settings.listening.port = 0
        settings.store.directory = place.file("data")
        settings.loops = 2
        settings.drainWindow = .zero
        return settings
    }

    private func status(_ url: String) async -> UInt? {
        let request = HTTPClientRequest(url: url)
        return try? await HTTPClient.shared.execute(request, timeout: .seconds(10)).status.code
    }

    @Test("It serves from its start to its stop, and can be started again on the same data")
    func life() async throws {
        let place = try Workplace()
        for _ in 0..<2 {
            let assembly = try await Assembly.start(settings(place), logger: logger)
            let url = "http://\(try #require(assembly.addresses.first))/readyz"
            async let running: Void = assembly.run()
            #expect(await status(url) == 200)
            await assembly.stop()
            await running
            #expect(await status(url) == nil)
        }
    }

    @Test("After the clock went back while the hub was down, what is posted is stored")
    func clockWentBack() async throws {
        let place = try Workplace()
        let store = try Store.open(directory: place.file("data"), durability: .os)
        let topic = try TopicID("room:general")
        let ahead = Timestamp(milliseconds: Timestamp.now().milliseconds + 86_400_000)
        let taken = RecordIDs().next(at: ahead)
        let joined = ChatEvent.memberJoined(user: "ada", role: .member)
        let draft = Draft(id: taken, author: "ada", at: ahead, key: nil, event: joined)
        _ = try await store.journal.append([draft], to: topic, expecting: nil)
        await store.close()
        let assembly = try await Assembly.start(settings(place), logger: logger)
        async let running: Void = assembly.run()
        let address = try #require(assembly.addresses.first)
        var request = HTTPClientRequest(url: "http://\(address)/api/rooms/general/messages")
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json")
        request.body = .bytes(ByteBuffer(string: #"{"content":"hi"}"#))
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
        let body = try await response.body.collect(upTo: 1 << 16)
        let reply = try JSONParser.parse(Array(body.readableBytesView))
        let id = try #require(reply["messageId"]?.recordID)
        #expect(id > taken)
        await assembly.stop()
        await running
    }

    @Test("Several addresses take the same free port")
    func addresses() async throws {
        let place = try Workplace()
        var settings = settings(place)
        settings.listening.hosts = ["127.0.0.1", "127.0.0.2"]
        settings.listening.unix = place.file("hub.sock")
        let assembly = try await Assembly.start(settings, logger: logger)
        let ports = assembly.addresses.map(\.port)
        #expect(assembly.addresses.count == 3)
        #expect(ports[0] > 0)
        #expect(ports[0] == ports[1])
        await assembly.stop()
    }

    @Test(
        "A hub without keys refuses every address but loopback, and with keys takes it",
        arguments: [
            ("127.0.0.1", true), ("127.8.8.8", true), ("::1", true), ("localhost", true),
            ("0.0.0.0", false), ("::", false), ("192.0.2.1", false),
        ]
    )
    func open(host: String, isAllowed: Bool) throws {
        var settings = Settings()
        settings.listening.hosts = [host]
        let found = Result { () throws(Failure) in try ListeningPlaces.find(settings) }
        switch found {
        case .success: #expect(isAllowed)
        case .failure(let failure):
            #expect(!isAllowed)
            #expect(failure.code == .configuration)
        }
        settings.admission.secrets = [Secret("a secret that is long enough to be one")]
        _ = try ListeningPlaces.find(settings)
    }

    @Test("Keys of newer settings are taken over while it serves")
    func reload() async throws {
        let place = try Workplace()
        var settings = settings(place)
        settings.admission.secrets = [Secret("the first secret, long enough to be one")]
        let assembly = try await Assembly.start(settings, logger: logger)
        async let running: Void = assembly.run()
        let url = "http://\(try #require(assembly.addresses.first))/api/rooms"
        var fresh = settings
        fresh.admission.secrets = [Secret("the second secret, long enough to be one")]
        let statuses = try await [
            status(url, settings), status(url, fresh), reloaded(assembly, fresh),
            status(url, settings), status(url, fresh),
        ]
        #expect(statuses == [200, 401, nil, 401, 200])
        await assembly.stop()
        await running
    }

    private func reloaded(_ assembly: Assembly, _ settings: Settings) async -> UInt? {
        await assembly.reload(settings)
        return nil
    }

    /// With a token of the settings' first secret.
    private func status(_ url: String, _ settings: Settings) async throws -> UInt? {
        let minter = TokenMinter(
            secret: settings.admission.secrets[0],
            rules: settings.admission.rules
        )
        let token = try await minter.mint(user: "ada", lifetime: .seconds(60))
        var request = HTTPClientRequest(url: url)
        request.headers.add(name: "Authorization", value: "Bearer \(token)")
        return try await HTTPClient.shared.execute(request, timeout: .seconds(10)).status.code
    }
}
