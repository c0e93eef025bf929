import Foundation
import Hub
import Logging
import Synchronization
import Testing

@testable import Gateway

@Suite("Admission")
struct AdmissionTests {
    private let clock = ManualClock()
    private static let secret = "correct horse battery staple, and then some"

    private func admission(
        _ change: (inout AdmissionSettings) -> Void = { _ in }
    ) async throws -> Admission {
        var settings = AdmissionSettings()
        settings.secrets = [Secret(Self.secret)]
        change(&settings)
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        return try await Admission(settings, logger: logger, clock: { [clock] in clock.now })
    }

    private func token(_ user: String = "ada", jti: String? = nil) throws -> String {
        var claims = Minter.claims(user, at: clock.now)
        if let jti { claims.append("jti", .string(jti)) }
        return try Minter.hmac(Self.secret).token(claims)
    }

    private func identify(
        _ admission: Admission,
        token: String? = nil,
        name: String? = nil
    ) async -> Result<Identity, Rejection> {
        do throws(Rejection) {
            let connection = ConnectionID(0xAB)
            let patient = try await admission.identify(
                token: token,
                guestName: name,
                connection: connection
            )
            let atOnce = try admission.identifyAtOnce(
                token: token,
                guestName: name,
                connection: connection
            )
            #expect(atOnce == patient)
            return .success(patient)
        } catch {
            return .failure(error)
        }
    }

    @Test("An open hub lets guests in under the name they choose, and takes no tokens")
    func open() async throws {
        let hub = try await admission { $0.secrets = [] }
        #expect(hub.isOpen)
        let ada = try await identify(hub, name: "ada").get()
        #expect(ada.principal == Principal(user: "ada", isGuest: true, grants: .staff))
        #expect(try await identify(hub).get().principal.user == "guest-ab")
        let refused = await identify(hub, token: try token())
        #expect(throws: Rejection.self) { _ = try refused.get() }
    }

    @Test("A hub with keys lets guests in only where it is told to, and never as a user")
    func guests() async throws {
        let strict = await identify(try await admission(), name: "ada")
        #expect(throws: Rejection(.unauthorized, "A token is needed.")) { _ = try strict.get() }

        let lenient = try await admission {
            $0.allowsGuests = true
            $0.guestGrants = GrantsClaim.parse(line: "room:lobby=join") ?? .nothing
        }
        let names = [nil: "guest-ab", "ada": "guest-ada", "guest-ada": "guest-ada"]
        for (name, user) in names {
            let principal = try await identify(lenient, name: name).get().principal
            #expect(principal.user == user)
            #expect(principal.isGuest)
            #expect(throws: Rejection.self) {
                try lenient.admit("post", on: TopicID("room:lobby"), for: principal)
            }
            try lenient.admit("join", on: TopicID("room:lobby"), for: principal)
        }
    }

    @Test(
        "A guest's name is made of few characters",
        arguments: [
            "", "a b", "a@b", "ä", "a/b", "a~b", "a:b", "<b>", "a\u{0}",
            String(repeating: "x", count: 65),
        ]
    )
    func badNames(name: String) async throws {
        let refused = await identify(try await admission { $0.secrets = [] }, name: name)
        guard case .failure(let rejection) = refused else {
            Issue.record("It was taken.")
            return
        }
        #expect(rejection.code == .badRequest)
    }

    @Test("A revocation of a user is told to observers at once and holds for tokens issued before")
    func revokeUser() async throws {
        let hub = try await admission()
        let old = try token()
        let session = try await identify(hub, token: old).get()
        let seen = Mutex<[Revocation]>([])
        let observer = hub.observe { change in
            guard case .revoked(let revocation) = change else { return }
            seen.withLock { $0.append(revocation) }
        }
        clock.advance(by: .seconds(1))
        try hub.revokeTokens(of: "ada")
        let told = seen.withLock { $0 }
        #expect(told.count == 1)
        #expect(told.allSatisfy { $0.covers(session) })
        #expect(hub.isRevoked(session))
        guard case .failure(Admission.revokedToken) = await identify(hub, token: old) else {
            Issue.record("The old token was taken.")
            return
        }
        _ = try await identify(hub, token: try token("bob")).get()
        _ = try await identify(hub, token: try token()).get()
        hub.removeObserver(observer)
        try hub.revokeTokens(of: "ada")
        #expect(seen.withLock { $0.count } == 1)
    }

    @Test("A revocation of a token leaves its user's other tokens alone")
    func revokeToken() async throws {
        let hub = try await admission()
        try hub.revokeToken("t-1")
        let refused = await identify(hub, token: try token(jti: "t-1"))
        #expect(throws: Admission.revokedToken) { _ = try refused.get() }
        _ = try await identify(hub, token: try token(jti: "t-2")).get()
        _ = try await identify(hub, token: try token()).get()
    }

    @Test("Everyone's tokens of before can be revoked, and guests are left alone")
    func revokeAll() async throws {
        let hub = try await admission { $0.allowsGuests = true }
        let old = try token()
        clock.advance(by: .seconds(5))
        try hub.revokeAllTokens()
        let refused = await identify(hub, token: old)
        #expect(throws: Admission.revokedToken) { _ = try refused.get() }
        _ = try await identify(hub, name: "ada").get()
        _ = try await identify(hub, token: try token()).get()
    }

    @Test("A command is charged to connection, user and address, or to none of them")
    func charging() async throws {
        let hub = try await admission {
            $0.connectionRate = TokenBucket.Rate(perSecond: 1, burst: 10)
            $0.userRate = TokenBucket.Rate(perSecond: 1, burst: 15)
            $0.addressRate = TokenBucket.Rate(perSecond: 1, burst: 18)
        }
        func charge(_ bucket: inout TokenBucket, _ user: String, _ cost: Int) -> Rejection? {
            do throws(Rejection) {
                try hub.charge(
                    connection: &bucket,
                    user: user,
                    address: "192.0.2.1",
                    cost: cost,
                    at: clock.now
                )
                return nil
            } catch {
                return error
            }
        }
        var (first, second, third) = (hub.bucket(), hub.bucket(), hub.bucket())
        #expect(charge(&first, "ada", 10) == nil)
        #expect(charge(&first, "ada", 1)?.retryAfter == .seconds(1))
        // The user has 5 left: a refusal must leave them to her.
        #expect(charge(&second, "ada", 6)?.code == .rateLimited)
        #expect(charge(&second, "ada", 5) == nil)
        // The address has 3 left.
        #expect(charge(&third, "bob", 4)?.retryAfter == .seconds(1))
        #expect(charge(&third, "bob", 3) == nil)
        #expect(charge(&second, "bob", 1)?.code == .rateLimited)
        clock.advance(by: .seconds(1))
        #expect(charge(&first, "ada", 1) == nil)
    }

    @Test("Connections are capped in all, by address and by user, and freed when they end")
    func caps() async throws {
        let hub = try await admission {
            $0.connections.total = 3
            $0.connections.perAddress = 2
            $0.connections.perUser = 1
            $0.connections.rate = TokenBucket.Rate(perSecond: 1, burst: 3)
        }
        func begin(_ address: String) -> RejectionCode? {
            do throws(Rejection) {
                try hub.connectionBegan(from: address)
                return nil
            } catch {
                return error.code
            }
        }
        #expect(begin("a") == nil)
        #expect(begin("a") == nil)
        #expect(begin("a") == .limitReached)
        #expect(begin("a") == .rateLimited)
        #expect(begin("b") == nil)
        #expect(begin("c") == .limitReached)
        hub.connectionEnded(from: "a")
        #expect(begin("c") == nil)
        try hub.userBegan("ada")
        #expect(throws: Rejection.self) { try hub.userBegan("ada") }
        try hub.userBegan("bob")
        hub.userEnded("ada")
        try hub.userBegan("ada")
    }

    @Test("Unlimited means without caps and rates")
    func unlimited() async throws {
        let hub = try await admission {
            $0.isUnlimited = true
            $0.connections.total = 0
            $0.connections.perUser = 0
            $0.connectionRate = TokenBucket.Rate(perSecond: 1, burst: 1)
        }
        var bucket = hub.bucket()
        for _ in 0..<100 {
            try hub.connectionBegan(from: "a")
            try hub.userBegan("ada")
            try hub.charge(
                connection: &bucket,
                user: "ada",
                address: "a",
                cost: 10,
                at: clock.now
            )
        }
        hub.connectionEnded(from: "a")
        hub.userEnded("ada")
    }

    @Test("Nothing that describes settings shows a secret")
    func redaction() async throws {
        var settings = AdmissionSettings()
        settings.secrets = [Secret(Self.secret)]
        var dumped = ""
        dump(settings, to: &dumped)
        let texts = [
            "\(settings)", String(reflecting: settings), dumped, "\(settings.secrets[0])",
            String(reflecting: settings.secrets[0]),
        ]
        for text in texts {
            #expect(!text.contains("horse"))
            #expect(!text.contains("\(Array(Self.secret.utf8).prefix(3))".dropLast()))
        }
        #expect(settings.secrets[0].matches(Array(Self.secret.utf8)))
        #expect(!settings.secrets[0].matches(Array(Self.secret.utf8.dropLast())))
        #expect(!settings.secrets[0].matches(Array(Self.secret.utf8.dropLast()) + [0]))
    }

    @Test("A key that can't be used stops the start and is named by its number")
    func badKeys() async {
        do {
            _ = try await admission { $0.secrets.append(Secret("too short")) }
            Issue.record("It started.")
        } catch {
            #expect("\(error)" == "token secret 2: a token secret has at least 32 bytes")
        }
    }

    @Test("Keys may be replaced while the hub runs; unusable ones leave those in force")
    func replacing() async throws {
        let hub = try await admission()
        var settings = hub.settings
        settings.publicKeys = ["nonsense"]
        await #expect(throws: AdmissionError.self) { try await hub.replaceKeys(with: settings) }
        _ = try await identify(hub, token: try token()).get()
        settings.publicKeys = []
        settings.secrets = [Secret("another secret that is long enough, surely")]
        try await hub.replaceKeys(with: settings)
        let refused = await identify(hub, token: try token())
        #expect(throws: Rejection.self) { _ = try refused.get() }
    }
}
