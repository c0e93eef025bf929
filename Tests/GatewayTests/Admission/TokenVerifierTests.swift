import Crypto
import Hub
import Testing

@testable import Gateway

@Suite("Tokens")
struct TokenVerifierTests {
    private let clock = ManualClock()
    private static let secret = "correct horse battery staple, and then some"

    private func verifier(
        _ rules: TokenRules = TokenRules(),
        secrets: [String] = [secret],
        pems: [String] = []
    ) async throws -> TokenVerifier {
        var keys: [VerificationKey] = []
        for secret in secrets { keys.append(try await VerificationKey(secret: Secret(secret))) }
        for pem in pems { keys.append(try await VerificationKey(pem: pem)) }
        return try TokenVerifier(rules: rules, keys: keys)
    }

    private func refusal(_ token: String, by verifier: TokenVerifier) async -> RejectionCode? {
        do {
            _ = try await verifier.verify(token, at: clock.now)
            return nil
        } catch {
            return error.code
        }
    }

    @Test("Each of the four algorithms is taken, with the key that belongs to it")
    func algorithms() async throws {
        for minter in [.hmac(Self.secret), .es256(), .edDSA(), try Minter.rs256()] {
            let pems = minter.publicPEM.isEmpty ? [] : [minter.publicPEM]
            let verifier = try await verifier(pems: pems)
            let token = try minter.token(Minter.claims(at: clock.now))
            let identity = try await verifier.verify(token, at: clock.now)
            #expect(identity.principal.user == "ada", "\(minter.algorithm)")
            #expect(!identity.principal.isGuest)

            let other = try await self.verifier(secrets: [
                "another secret that is long enough, surely"
            ])
            #expect(await refusal(token, by: other) == .unauthorized, "\(minter.algorithm)")
        }
    }

    @Test("A token with any byte changed is refused")
    func tampering() async throws {
        let minter = Minter.edDSA()
        let verifier = try await verifier(pems: [minter.publicPEM])
        let token = Array(try minter.token(Minter.claims(at: clock.now)).utf8)
        for index in token.indices {
            var changed = token
            changed[index] =
                changed[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            let text = String(decoding: changed, as: UTF8.self)
            #expect(await refusal(text, by: verifier) == .unauthorized, "byte \(index)")
        }
    }

    @Test("A public key is never used as an HMAC secret, nor is an unsigned token taken")
    func confusion() async throws {
        let owner = Minter.es256()
        let verifier = try await verifier(secrets: [], pems: [owner.publicPEM])
        let claims = Minter.claims(at: clock.now)
        let forger = Minter(key: .hmac(Array(owner.publicPEM.utf8)), algorithm: "HS256")
        #expect(await refusal(try forger.token(claims), by: verifier) == .unauthorized)
        // The owner's signature under another algorithm's name.
        for name in ["HS256", "RS256", "EdDSA", "none", "None", "NONE", "HS512", ""] {
            let token = try owner.token(claims, header: ["alg": .string(name)])
            #expect(await refusal(token, by: verifier) == .unauthorized, "\(name)")
        }
        let unsigned = Minter(key: .none, algorithm: "none")
        #expect(await refusal(try unsigned.token(claims), by: verifier) == .unauthorized)
        let withoutSignature = try owner.token(claims).split(separator: ".")[..<2].joined(
            separator: "."
        )
        #expect(await refusal(withoutSignature + ".", by: verifier) == .unauthorized)
    }

    @Test("Headers that must be understood, lists as algorithms and names given twice are refused")
    func headers() async throws {
        let minter = Minter.hmac(Self.secret)
        let verifier = try await verifier()
        let headers: [JSON] = [
            ["alg": "HS256", "crit": ["b64"], "b64": false],
            ["alg": ["HS256"]],
            ["alg": "HS256", "alg": "HS256"],
            ["alg": "HS256", "kid": 7],
            ["typ": "JWT"],
            [],
            "HS256",
        ]
        for header in headers {
            let token = try minter.token(Minter.claims(at: clock.now), header: header)
            #expect(await refusal(token, by: verifier) == .unauthorized, "\(header)")
        }
    }

    @Test("What is no token is refused, whatever it is")
    func malformed() async throws {
        let verifier = try await verifier()
        let good = try Minter.hmac(Self.secret).token(Minter.claims(at: clock.now))
        let bad = [
            "", ".", "..", "...", "a.b.c", "e30.e30.", good + ".", "." + good, good + "=",
            good + " ", " " + good, good.replacing(".", with: ".."),
            String(repeating: "a", count: 8_193), good + String(repeating: "A", count: 9_000),
            "ÿ.ÿ.ÿ",
        ]
        for text in bad {
            #expect(await refusal(text, by: verifier) == .unauthorized, "\(text.prefix(40))")
        }
        var generator = SeededGenerator(seed: 11)
        let alphabet = Array("abcXYZ019-_..=+/\"{}".utf8)
        for _ in 0..<2_000 {
            let length = Int.random(in: 0...120, using: &generator)
            let bytes = (0..<length).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(await refusal(text, by: verifier) == .unauthorized)
        }
    }

    @Test("Times hold with a leeway of thirty seconds, to the second")
    func times() async throws {
        let now = clock.now.milliseconds / 1_000
        let cases: [(String, JSON, RejectionCode?)] = [
            ("fresh", ["exp": .int(now + 1)], nil),
            ("just within the leeway", ["exp": .int(now - 29)], nil),
            ("just past the leeway", ["exp": .int(now - 30)], .tokenExpired),
            ("fractions", ["exp": .double(Double(now) - 29.5)], nil),
            ("no expiry", [], .unauthorized),
            ("null expiry", ["exp": .null], .unauthorized),
            ("text expiry", ["exp": .string("\(now + 60)")], .unauthorized),
            ("expiry out of range", ["exp": .double(1e300)], .unauthorized),
            ("starts now", ["exp": .int(now + 60), "nbf": .int(now)], nil),
            ("starts within the leeway", ["exp": .int(now + 60), "nbf": .int(now + 30)], nil),
            ("starts later", ["exp": .int(now + 60), "nbf": .int(now + 31)], .unauthorized),
            ("issued within the leeway", ["exp": .int(now + 60), "iat": .int(now + 30)], nil),
            ("issued later", ["exp": .int(now + 60), "iat": .int(now + 31)], .unauthorized),
        ]
        let verifier = try await verifier()
        for (name, times, expected) in cases {
            guard case .object(let members) = times else { continue }
            let claims = JSON.object([JSON.Member("sub", "ada")] + members)
            let token = try Minter.hmac(Self.secret).token(claims)
            #expect(await refusal(token, by: verifier) == expected, "\(name)")
        }
    }

    @Test("A lifetime may be bounded, and expiry waived")
    func lifetime() async throws {
        let now = clock.now.milliseconds / 1_000
        var rules = TokenRules()
        rules.lifetimeMaximum = .seconds(3_600)
        let bounded = try await verifier(rules)
        let minter = Minter.hmac(Self.secret)
        let hour: JSON = ["sub": "ada", "iat": .int(now), "exp": .int(now + 3_600)]
        let more: JSON = ["sub": "ada", "iat": .int(now), "exp": .int(now + 3_601)]
        let unsaid: JSON = ["sub": "ada", "exp": .int(now + 3_601)]
        #expect(await refusal(try minter.token(hour), by: bounded) == nil)
        #expect(await refusal(try minter.token(more), by: bounded) == .unauthorized)
        #expect(await refusal(try minter.token(unsaid), by: bounded) == .unauthorized)

        rules = TokenRules()
        rules.requiresExpiry = false
        let identity = try await verifier(rules).verify(
            try minter.token(["sub": "ada"]),
            at: clock.now
        )
        #expect(identity.expires == nil)
        #expect(identity.ends == nil)
    }

    @Test("The session ends a leeway after the expiry that the client is told")
    func expiry() async throws {
        let token = try Minter.hmac(Self.secret).token(Minter.claims(at: clock.now))
        let identity = try await verifier().verify(token, at: clock.now)
        #expect(identity.expires == clock.now.advanced(by: .seconds(600)))
        #expect(identity.ends == clock.now.advanced(by: .seconds(630)))
        #expect(identity.issuedAt == clock.now)
    }

    @Test("A subject must be one that fits into a topic id and can't pass for a guest")
    func subjects() async throws {
        let verifier = try await verifier()
        let now = clock.now.milliseconds / 1_000
        let cases: [(JSON?, Bool)] = [
            ("ada", true), ("ada@example.org", true), ("a", true), ("A-1_2.3:4/5", true),
            (.string(String(repeating: "x", count: 128)), true),
            (.string(String(repeating: "x", count: 129)), false),
            ("auth0|x", true), ("a@b c", true), ("a~b", true), ("100%", true),
            ("", false), (" a", false), ("a ", false), ("a\n", false), ("Å", false),
            ("guest-ada", false), ("guest-", false), ("guest", true), (7, false), (.null, false),
            (nil, false),
        ]
        for (subject, isGood) in cases {
            var claims: JSON = ["exp": .int(now + 60)]
            if let subject { claims.append("sub", subject) }
            let token = try Minter.hmac(Self.secret).token(claims)
            let expected: RejectionCode? = isGood ? nil : .unauthorized
            #expect(
                await refusal(token, by: verifier) == expected,
                "\(String(describing: subject))"
            )
        }
    }

    @Test("Issuer and audience are checked where the configuration names them")
    func parties() async throws {
        var rules = TokenRules()
        rules.issuer = "https://id.example"
        rules.audience = "martlet"
        let verifier = try await verifier(rules)
        let cases: [(JSON?, JSON?, Bool)] = [
            ("https://id.example", "martlet", true),
            ("https://id.example", ["other", "martlet"], true),
            ("https://id.example", ["other"], false),
            ("https://id.example", [], false),
            ("https://id.example", nil, false),
            ("https://evil.example", "martlet", false),
            (nil, "martlet", false),
            (["https://id.example"], "martlet", false),
        ]
        for (issuer, audience, isGood) in cases {
            var claims = Minter.claims(at: clock.now)
            if let issuer { claims.append("iss", issuer) }
            if let audience { claims.append("aud", audience) }
            let token = try Minter.hmac(Self.secret).token(claims)
            let expected: RejectionCode? = isGood ? nil : .unauthorized
            #expect(await refusal(token, by: verifier) == expected)
        }
    }

    @Test(
        "While secrets are rotated both are good; when the old one is gone its tokens are refused"
    )
    func rotation() async throws {
        let old = "the old secret, which is long enough for it"
        let verifier = try await verifier(secrets: [old, Self.secret])
        let claims = Minter.claims(at: clock.now)
        let oldToken = try Minter.hmac(old).token(claims, kid: "2019")
        let newToken = try Minter.hmac(Self.secret).token(claims)
        #expect(await refusal(oldToken, by: verifier) == nil)
        #expect(await refusal(newToken, by: verifier) == nil)

        try verifier.replace(keys: [try await VerificationKey(secret: Secret(Self.secret))])
        // It was remembered as valid: the memory has to go with the key.
        #expect(await refusal(oldToken, by: verifier) == .unauthorized)
        #expect(await refusal(newToken, by: verifier) == nil)
    }

    @Test("A remembered token is refused as soon as it has expired")
    func remembered() async throws {
        let verifier = try await verifier()
        let token = try Minter.hmac(Self.secret).token(Minter.claims(at: clock.now))
        #expect(await refusal(token, by: verifier) == nil)
        clock.advance(by: .seconds(629))
        #expect(await refusal(token, by: verifier) == nil)
        clock.advance(by: .seconds(1))
        #expect(await refusal(token, by: verifier) == .tokenExpired)
    }

    @Test("The memory of valid tokens is bounded and keeps what is used")
    func bounded() throws {
        let memory = VerifiedTokens(capacity: 100)
        let identity = Identity(principal: Principal(user: "ada", isGuest: false, grants: .nothing))
        let kept = VerifiedTokens.key(Array("kept".utf8))
        memory.remember(identity, kept)
        for number in 0..<10_000 {
            memory.remember(identity, VerifiedTokens.key(Array("\(number)".utf8)))
            #expect(memory.identity(kept, at: clock.now) != nil)
            #expect(memory.count <= 100)
        }
        let none = VerifiedTokens(capacity: 0)
        none.remember(identity, kept)
        #expect(none.count == 0)
    }

    @Test("Keys that are too short, private or of another kind are refused with a reason")
    func keys() async throws {
        await #expect(throws: KeyError.secretTooShort) {
            _ = try await VerificationKey(secret: Secret(String(repeating: "x", count: 31)))
        }
        _ = try await VerificationKey(secret: Secret(String(repeating: "x", count: 32)))
        let own = P256.Signing.PrivateKey()
        await #expect(throws: KeyError.privateKey) {
            _ = try await VerificationKey(pem: own.pemRepresentation)
        }
        await #expect(throws: KeyError.notPublicKeyPEM) {
            _ = try await VerificationKey(pem: "hello")
        }
        let other = P384.Signing.PrivateKey().publicKey.pemRepresentation
        await #expect(throws: KeyError.unusablePublicKey) {
            _ = try await VerificationKey(pem: other)
        }
    }
}
