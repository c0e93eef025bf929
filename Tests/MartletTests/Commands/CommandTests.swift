import Foundation
import Gateway
import Hub
import Testing

@testable import Martlet

@Suite("Commands, as processes")
struct CommandTests {
    private static let secret = "correct horse battery staple, and then some".replacing(
        ",",
        with: ""
    )

    @Test("The configuration is printed with the source of each value, and without secrets")
    func config() throws {
        let outcome = try MartletProcess.run(
            ["config", "--port", "7", "--set", "loops=3"],
            environment: ["MARTLET_DURABILITY": "os", "MARTLET_AUTH_SECRETS": Self.secret]
        )
        #expect(outcome.code == 0, "\(outcome.complaints)")
        let lines = outcome.output.split(separator: "\n")
        #expect(lines.contains { $0.hasPrefix("port = 7 ") && $0.hasSuffix("# flag") })
        #expect(lines.contains { $0.hasPrefix("loops = 3 ") && $0.hasSuffix("# flag") })
        #expect(lines.contains { $0.hasSuffix("# environment MARTLET_DURABILITY") })
        #expect(lines.contains { $0.hasPrefix("data = ./data ") && $0.hasSuffix("# default") })
        #expect(!outcome.output.contains("horse"))
    }

    @Test(
        "Unknown names and bad values end with code 78 and a sentence each",
        arguments: [
            ["config", "--set", "prot=1"], ["config", "--port", "x"],
            ["config", "--config", "/nowhere"],
            ["serve", "--port", "70000"], ["serve", "--set", "port"],
            ["serve", "--tls-key", "k.pem"],
            ["serve", "--host", "0.0.0.0"], ["serve", "--host", "127.0.0.1,::"],
            ["serve", "--tls-key", "/nowhere", "--tls-certificate", "/nowhere"],
            ["serve", "--set", "auth.secrets=short"],
            ["serve", "--set", "auth.jwks=/nowhere.json"],
            ["token", "--user", "ada"],
        ]
    )
    func badConfiguration(arguments: [String]) throws {
        let place = try Workplace()
        let outcome = try MartletProcess.run(
            arguments,
            environment: ["MARTLET_DATA": place.file("data")]
        )
        #expect(outcome.code == 78, "\(outcome.complaints)")
        // The log may have come before.
        let complaints = outcome.complaints.split(separator: "\n")
        #expect(complaints.contains { $0.hasPrefix("martlet: ") }, "\(outcome.complaints)")
        #expect(outcome.output.isEmpty)
    }

    @Test("A minted token is one that the hub takes")
    func token() async throws {
        let outcome = try MartletProcess.run(
            [
                "token", "--user", "ada", "--grant", "room:*=join,post", "--grant", "hub=admin",
                "--ttl",
                "15m", "--id", "t-1",
            ],
            environment: ["MARTLET_AUTH_SECRETS": Self.secret]
        )
        #expect(outcome.code == 0, "\(outcome.complaints)")
        let token = outcome.output.trimmingCharacters(in: .newlines)
        let verifier = try TokenVerifier(
            rules: TokenRules(),
            keys: [try await VerificationKey(secret: Secret(Self.secret))]
        )
        let identity = try await verifier.verify(token, at: .now())
        #expect(identity.principal.user == "ada")
        #expect(identity.principal.grants == GrantsClaim.parse(line: "room:*=join,post;hub=admin"))
        #expect(identity.tokenID == "t-1")
    }

    @Test(
        "A token that the hub would refuse is not minted",
        arguments: [
            ["--user", "guest-ada"], ["--user", ""], ["--user", "ada", "--ttl", "soon"],
            ["--user", "ada", "--grant", "room:*"], ["--user", "ada", "--ttl", "0"],
        ]
    )
    func badToken(arguments: [String]) throws {
        let outcome = try MartletProcess.run(
            ["token"] + arguments,
            environment: ["MARTLET_AUTH_SECRETS": Self.secret]
        )
        #expect(outcome.code == 65, "\(outcome.complaints)")
        #expect(outcome.output.isEmpty)
    }

    @Test("Data goes through seed, export, import, backup, restore and verify unchanged")
    func data() throws {
        let place = try Workplace()
        func martlet(_ arguments: String..., data: String = "first") throws -> String {
            let outcome = try MartletProcess.run(arguments + ["--data", place.file(data)])
            #expect(outcome.code == 0, "\(arguments): \(outcome.complaints)")
            return outcome.output
        }
        _ = try martlet("migrate")
        _ = try martlet("seed")
        let seeded = try martlet("export")
        #expect(seeded.split(separator: "\n").count > 20)
        _ = try martlet("seed")
        #expect(try martlet("export") == seeded, "Seeding again must change nothing.")

        _ = try martlet("export", place.file("all.ndjson"))
        _ = try martlet("import", place.file("all.ndjson"), data: "second")
        #expect(try martlet("export", data: "second") == seeded)
        #expect(
            try martlet("import", place.file("all.ndjson"), data: "second").hasPrefix("0 records")
        )

        _ = try martlet("backup", place.file("backup"))
        _ = try martlet("restore", place.file("backup"), data: "third")
        for data in ["first", "second", "third"] { _ = try martlet("verify", data: data) }

        let again = try MartletProcess.run(
            ["restore", place.file("backup"), "--data", place.file("third")])
        #expect(again.code == 73, "\(again.complaints)")
        let missing = try MartletProcess.run(["verify", "--data", place.file("nothing")])
        #expect(missing.code == 66, "\(missing.complaints)")
    }

    @Test("Health is bad where nobody serves")
    func health() throws {
        // Port 9 of loopback: nobody has served `discard` for decades.
        let outcome = try MartletProcess.run(["health", "--url", "http://127.0.0.1:9"])
        #expect(outcome.code == 69, "\(outcome.complaints)")
    }
}
