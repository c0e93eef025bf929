import Foundation
import Hub
import Logging
import Synchronization
import Testing

@testable import Gateway

@Suite("Key sets")
struct KeySetTests {
    private let clock = ManualClock()
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private static func set(_ keys: [JSON]) -> [UInt8] {
        (["keys": .array(keys)] as JSON).encoded()
    }

    private func verifier(_ source: KeySetSource) async throws -> TokenVerifier {
        let published = PublishedKeys(source, gapMinimum: .seconds(30), logger: logger)
        try await published.refresh()
        return try TokenVerifier(rules: TokenRules(), keys: [], published: published)
    }

    @Test("Keys of all kinds in one set check the tokens of their owners, by name and without")
    func kinds() async throws {
        let owners = [Minter.edDSA(), .es256(), try .rs256()]
        let entries = try owners.enumerated().map { try $1.jwk("key-\($0)") }
        let strange: [JSON] = [
            ["kty": "oct", "k": "c2VjcmV0", "kid": "o"], ["kty": "EC", "crv": "P-521", "kid": "p"],
            ["kty": "RSA", "alg": "RS512", "kid": "r"], [:], "text",
            ["kty": "RSA", "n": "AQAB", "e": "AQAB", "kid": "small"],
        ]
        let keys = try await KeySet.parse(Self.set(strange + entries))
        let verifier = try TokenVerifier(rules: TokenRules(), keys: keys)
        for (index, owner) in owners.enumerated() {
            let claims = Minter.claims(at: clock.now)
            let named = try owner.token(claims, kid: "key-\(index)")
            #expect(try await verifier.verify(named, at: clock.now).principal.user == "ada")
            let unnamed = try owner.token(claims)
            #expect(try await verifier.verify(unnamed, at: clock.now).principal.user == "ada")
            let wrong = try owner.token(claims, kid: "key-\((index + 1) % 3)")
            await #expect(throws: Rejection.self) {
                _ = try await verifier.verify(wrong, at: clock.now)
            }
        }
    }

    @Test("A symmetric key in a set is no key: what is published is no secret")
    func symmetric() async throws {
        let owner = Minter.hmac("a secret that should not have been published")
        await #expect(throws: KeyError.self) {
            _ = try await KeySet.parse(Self.set([try owner.jwk("s")]))
        }
    }

    @Test(
        "What is no set of keys is refused",
        arguments: [
            "", "{", "[]", "{}", #"{"keys":{}}"#, #"{"keys":[]}"#, #"{"keys":[{"kty":"EC"}]}"#,
            #"{"keys":[{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}]}"#,
            #"{"keys":[{"kty":"RSA","n":"!","e":"?"}]}"#,
            #"{"keys":[{"kty":"OKP","crv":"Ed25519","x":""}]}"#,
        ]
    )
    func malformed(text: String) async {
        await #expect(throws: KeyError.self) { _ = try await KeySet.parse(Array(text.utf8)) }
    }

    @Test("Bytes that are no UTF-8 and sets beyond the cap are refused")
    func hostile() async {
        await #expect(throws: KeyError.self) { _ = try await KeySet.parse([0x7B, 0xFF, 0x7D]) }
        await #expect(throws: KeyError.self) {
            _ = try await KeySet.parse(Array(repeating: 0x20, count: KeySet.bytesMaximum + 1))
        }
    }

    @Test("Keys come from a file, and the new ones after it was replaced")
    func file() async throws {
        let path = NSTemporaryDirectory() + "keys-\(UUID().uuidString).json"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let (first, second) = (Minter.edDSA(), Minter.es256())
        try Data(Self.set([try first.jwk("a")])).write(to: URL(filePath: path))
        let verifier = try await verifier(try KeySetSource(path))
        let claims = Minter.claims(at: clock.now)
        _ = try await verifier.verify(try first.token(claims, kid: "a"), at: clock.now)

        try Data(Self.set([try second.jwk("b")])).write(to: URL(filePath: path))
        try await verifier.refresh()
        _ = try await verifier.verify(try second.token(claims, kid: "b"), at: clock.now)
        await #expect(throws: Rejection.self) {
            _ = try await verifier.verify(try first.token(claims, kid: "a"), at: clock.now)
        }
    }

    @Test("An unknown key id has the set read again, and not more often than the gap allows")
    func unknownKey() async throws {
        let (first, second) = (Minter.edDSA(), Minter.edDSA())
        let server = KeySetServer(Self.set([try first.jwk("a")]))
        try await server.serve { url in
            let verifier = try await verifier(try KeySetSource(url))
            let claims = Minter.claims(at: clock.now)
            _ = try await verifier.verify(try first.token(claims, kid: "a"), at: clock.now)
            #expect(server.requests.load(ordering: .relaxed) == 1)

            let set = Self.set([try second.jwk("b")])
            server.body.withLock { $0 = set }
            let token = try second.token(claims, kid: "b")
            #expect(try verifier.verifyAtOnce(token, at: clock.now) == nil)
            _ = try await verifier.verify(token, at: clock.now)
            #expect(server.requests.load(ordering: .relaxed) == 2)

            for number in 0..<20 {
                await #expect(throws: Rejection.self) {
                    let forged = try second.token(claims, kid: "made-up-\(number)")
                    _ = try await verifier.verify(forged, at: clock.now)
                }
            }
            #expect(server.requests.load(ordering: .relaxed) == 2)
            clock.advance(by: .seconds(30))
            await #expect(throws: Rejection.self) {
                _ = try await verifier.verify(try second.token(claims, kid: "c"), at: clock.now)
            }
            #expect(server.requests.load(ordering: .relaxed) == 3)
        }
    }

    @Test("The last good set stays in force while the issuer answers with nonsense or not at all")
    func lastGood() async throws {
        let owner = Minter.es256()
        let server = KeySetServer(Self.set([try owner.jwk("a")]))
        let survivor = try await server.serve { url in
            let verifier = try await verifier(try KeySetSource(url))
            server.body.withLock { $0 = Array("{}".utf8) }
            await #expect(throws: KeyError.self) { try await verifier.refresh() }
            for status in ["500 Oops", "404 Not Found", "302 Found"] {
                server.status.withLock { $0 = status }
                await #expect(throws: KeyError.self, "\(status)") { try await verifier.refresh() }
            }
            server.status.withLock { $0 = "200 OK" }
            server.body.withLock { $0 = Array(repeating: 0x20, count: KeySet.bytesMaximum + 1) }
            await #expect(throws: KeyError.self) { try await verifier.refresh() }
            return verifier
        }
        await #expect(throws: KeyError.self) { try await survivor.refresh() }
        let token = try owner.token(Minter.claims(at: clock.now), kid: "a")
        _ = try await survivor.verify(token, at: clock.now)
    }

    @Test(
        "An address must be https, or http on loopback; anything without a scheme is a file",
        arguments: [
            ("https://id.example/keys", true), ("http://127.0.0.1:8080/keys", true),
            ("http://localhost/keys", true), ("http://[::1]:1/keys", true),
            ("/etc/keys.json", true),
            ("keys.json", true), ("http://id.example/keys", false), ("ftp://id.example/", false),
            ("http://127.0.0.1.evil.example/", false), ("https://", false),
            ("https://u:p@h/", false),
            ("http://localhost@evil.example/", false), ("file:///etc/passwd", false),
        ]
    )
    func sources(text: String, isGood: Bool) {
        #expect(((try? KeySetSource(text)) != nil) == isGood)
    }
}
