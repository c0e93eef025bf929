import Hub

/// All that the configuration says about who may do what, with its defaults.
package struct AdmissionSettings: Sendable {
    package var rules = TokenRules()
    /// HMAC secrets: several while one replaces another.
    package var secrets: [Secret] = []
    /// Public keys, each a PEM text.
    package var publicKeys: [String] = []
    package var keySet: KeySetSource?
    package var keySetInterval: Duration = .seconds(300)
    /// Between readings of the key set that unknown key ids cause.
    package var keySetGapMinimum: Duration = .seconds(30)
    /// Tokens remembered as valid.
    package var verifiedTokensMaximum = 10_000

    /// Whether guests are let in although there are keys.
    package var allowsGuests = false
    package var guestGrants = Grants.everything

    package var connections = ConnectionLimits.Bounds()
    /// Tokens a second and at once, `ActionCost` says what a command costs.
    package var connectionRate = TokenBucket.Rate(perSecond: 100, burst: 400)
    package var userRate = TokenBucket.Rate(perSecond: 200, burst: 800)
    package var addressRate = TokenBucket.Rate(perSecond: 1_000, burst: 4_000)
    /// Lifts the rates and the connection caps, for load tests.
    package var isUnlimited = false

    package var origins: [String] = []
    package var trustedProxies = TrustedProxies.none
    /// Where revocations are kept; nil keeps them in memory only.
    package var revocationsPath: String?
    /// For revocations of tokens whose expiry isn't known.
    package var revocationLifetime: Duration = .seconds(30 * 86_400)

    package init() {}

    /// No keys: guests only, on loopback only.
    package var isOpen: Bool {
        secrets.isEmpty && publicKeys.isEmpty && keySet == nil
    }
}
