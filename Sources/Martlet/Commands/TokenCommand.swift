import ArgumentParser
import Gateway
import Hub

/// Mints a token with the configured secret, for trying things out.
struct TokenCommand: HubCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Mint a token with the configured secret, for trying.",
        discussion: "The first of auth.secrets and auth.secret-files signs it (HS256)."
    )

    @OptionGroup var options: SettingsOptions

    @Option(help: "The user: the token's sub.")
    var user: String

    @Option(
        name: .customLong("grant"),
        help: ArgumentHelp(
            "What it allows; without any, what auth.grants says.",
            valueName: "room:*=join,post"
        )
    )
    var grants: [String] = []

    @Option(help: "How long it is valid, like 15m or 7d.")
    var ttl = "1h"

    @Option(name: .customLong("id"), help: "The token's jti, by which it can be revoked.")
    var tokenID: String?

    func perform() async throws(Failure) {
        let admission = try options.read().settings.admission
        guard let secret = admission.secrets.first else {
            throw Failure(
                .configuration,
                "There is no secret to sign with: set auth.secrets or auth.secret-files."
            )
        }
        guard let lifetime = DurationText.read(ttl), lifetime > .zero else {
            throw Failure(.data, "--ttl must be a time like 15m or 7d.")
        }
        let minter = TokenMinter(secret: secret, rules: admission.rules)
        do throws(Rejection) {
            Terminal.say(
                try await minter.mint(
                    user: user,
                    grants: try parsedGrants(),
                    lifetime: lifetime,
                    tokenID: tokenID
                )
            )
        } catch {
            throw Failure(.data, error.message)
        }
    }

    private func parsedGrants() throws(Rejection) -> Grants? {
        guard !grants.isEmpty else { return nil }
        guard let parsed = GrantsClaim.parse(line: grants.joined(separator: ";")) else {
            throw Rejection(
                .badRequest,
                "--grant takes a pattern and actions, like room:*=join,post."
            )
        }
        return parsed
    }
}
