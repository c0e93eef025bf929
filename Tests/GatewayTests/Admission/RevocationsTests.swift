import Foundation
import Hub
import Logging
import Testing

@testable import Gateway

@Suite("Revocations")
struct RevocationsTests {
    private let clock = ManualClock()
    private let path = NSTemporaryDirectory() + "revocations-\(UUID().uuidString)"

    private func revocation(
        _ subject: Revocation.Subject,
        lasting: Duration = .seconds(60)
    ) -> Revocation {
        Revocation(
            subject: subject,
            issuedBefore: clock.now,
            expires: clock.now.advanced(by: lasting)
        )
    }

    private func identity(_ user: String, issued: Timestamp?, jti: String? = nil) -> Identity {
        Identity(
            principal: Principal(user: user, isGuest: false, grants: .nothing),
            tokenID: jti,
            issuedAt: issued
        )
    }

    @Test("They are there again after a restart, until they expire")
    func persistence() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        let file = RevocationFile(path: path)
        let before = try Revocations(file: file, at: clock.now)
        try before.add(revocation(.user("ada \"quoted\"\n")), at: clock.now)
        try before.add(revocation(.token("t"), lasting: .seconds(30)), at: clock.now)
        try before.add(revocation(.everyone, lasting: .seconds(10)), at: clock.now)
        #expect(Set(try Revocations(file: file, at: clock.now).all) == Set(before.all))

        clock.advance(by: .seconds(30))
        let after = try Revocations(file: file, at: clock.now)
        #expect(after.all.map(\.subject) == [.user("ada \"quoted\"\n")])
    }

    @Test("An expired one covers nothing, and is dropped from the file with the next change")
    func expiry() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        let revocations = try Revocations(file: RevocationFile(path: path), at: clock.now)
        try revocations.add(revocation(.token("t")), at: clock.now)
        let bearer = identity("ada", issued: nil, jti: "t")
        #expect(revocations.covers(bearer, at: clock.now))
        clock.advance(by: .seconds(60))
        #expect(!revocations.covers(bearer, at: clock.now))
        try revocations.add(revocation(.user("bob")), at: clock.now)
        #expect(try RevocationFile(path: path).load().map(\.subject) == [.user("bob")])
    }

    @Test("Of two about one user the wider holds")
    func widening() throws {
        let revocations = try Revocations(at: clock.now)
        try revocations.add(revocation(.user("ada"), lasting: .seconds(100)), at: clock.now)
        let narrower = Revocation(
            subject: .user("ada"),
            issuedBefore: clock.now.advanced(by: .seconds(-50)),
            expires: clock.now.advanced(by: .seconds(10))
        )
        try revocations.add(narrower, at: clock.now)
        let issued = clock.now.advanced(by: .seconds(-1))
        clock.advance(by: .seconds(50))
        #expect(revocations.covers(identity("ada", issued: issued), at: clock.now))
    }

    @Test("A token that does not say when it was issued counts as old")
    func undated() throws {
        let revocations = try Revocations(at: clock.now)
        try revocations.add(revocation(.user("ada")), at: clock.now)
        #expect(revocations.covers(identity("ada", issued: nil), at: clock.now))
        #expect(!revocations.covers(identity("ada", issued: clock.now), at: clock.now))
        #expect(!revocations.covers(identity("bob", issued: nil), at: clock.now))
    }

    @Test("They are bounded, and one that does not fit is refused rather than lost")
    func bound() throws {
        // Each change writes them all, so most come from the file.
        defer { try? FileManager.default.removeItem(atPath: path) }
        let many = (1..<Revocations.countMaximum).map { revocation(.token("t-\($0)")) }
        try RevocationFile(path: path).save(many)
        let full = try Revocations(file: RevocationFile(path: path), at: clock.now)
        try full.add(revocation(.token("last")), at: clock.now)
        #expect(throws: Rejection.self) {
            try full.add(revocation(.token("more")), at: clock.now)
        }
        #expect(!full.covers(identity("ada", issued: nil, jti: "more"), at: clock.now))
        try full.add(revocation(.token("last")), at: clock.now)
    }

    @Test("A file with a line that can't be read stops the start instead of letting someone in")
    func malformed() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        for text in ["nonsense", "{}", #"{"user":"a","expires":1}"#, "{\"user\":\"a\"\n"] {
            try Data(text.utf8).write(to: URL(filePath: path))
            #expect(throws: RevocationFileError.malformed(path: path, line: 1), "\(text)") {
                _ = try Revocations(file: RevocationFile(path: path), at: clock.now)
            }
        }
    }

    @Test("What can't be written is refused and does not count")
    func unwritable() throws {
        let file = RevocationFile(path: "/nowhere/at/all/revocations")
        let revocations = try Revocations(file: file, at: clock.now)
        #expect(throws: Rejection.self) {
            try revocations.add(revocation(.everyone), at: clock.now)
        }
        #expect(!revocations.covers(identity("ada", issued: nil), at: clock.now))
    }

    @Test("A revocation whose file can't be written is refused at the door, and covers nobody")
    func unwritable() async throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: path) }
        var settings = AdmissionSettings()
        settings.secrets = [Secret("correct horse battery staple, and then some")]
        settings.revocationsPath = path + "/revocations"
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let admission = try await Admission(settings, logger: logger) { [clock] in clock.now }
        let door: any Door = admission
        try FileManager.default.removeItem(atPath: path)
        #expect(throws: Rejection.unavailable) { try door.revoke(user: "ada") }
        #expect(throws: Rejection.unavailable) { try door.revoke(tokenID: "t") }
        #expect(!admission.isRevoked(identity("ada", issued: nil, jti: "t")))
    }
}
