import Hub
import Logging
import Synchronization

/// The door's rules, one set for the hub: who comes in, what they may do, and how much of it.
package final class Admission: Sendable {
    /// No keys: guests only, and the hub listens on loopback only.
    package let isOpen: Bool
    package let settings: AdmissionSettings
    let verifier: TokenVerifier
    private let revocations: Revocations
    private let connections: ConnectionLimits
    private let users: SharedBuckets
    private let addresses: SharedBuckets
    private let origins: Origins
    let logger: Logger
    private let observers = Mutex(Observers())
    private let clock: @Sendable () -> Timestamp

    private struct Observers {
        var next = 0
        var known: [Int: @Sendable (AdmissionChange) -> Void] = [:]
    }

    /// Reads the keys and the revocations. A key set that can't be read now stops the start unless
    /// there are other keys: without any, nobody could come in.
    package init(
        _ settings: AdmissionSettings,
        logger: Logger,
        clock: @escaping @Sendable () -> Timestamp = { Timestamp.now() }
    ) async throws(AdmissionError) {
        self.settings = settings
        self.clock = clock
        self.logger = logger
        isOpen = settings.isOpen
        verifier = try await Self.verifier(settings, logger: logger)
        do throws(RevocationFileError) {
            let file = settings.revocationsPath.map { RevocationFile(path: $0) }
            revocations = try Revocations(file: file, at: clock())
        } catch {
            throw .revocations(error)
        }
        connections = ConnectionLimits(settings.connections)
        users = SharedBuckets(settings.userRate)
        addresses = SharedBuckets(settings.addressRate)
        origins = Origins(settings.origins, isOpen: isOpen)
    }

    // MARK: Who

    /// Who comes in: by token, or as a guest where guests are let in.
    package func identify(
        token: String?,
        guestName: String?,
        connection: ConnectionID
    ) async throws(Rejection) -> Identity {
        if let token {
            return try accepted(try await verifier.verify(try known(token), at: clock()))
        }
        return try accepted(try guest(guestName, connection))
    }

    /// The same without waiting; nil when the issuer's keys must be read first, which only
    /// `identify` does. Ten thousand that come back at once need no task each.
    package func identifyAtOnce(
        token: String?,
        guestName: String?,
        connection: ConnectionID
    ) throws(Rejection) -> Identity? {
        guard let token else { return try accepted(try guest(guestName, connection)) }
        guard let identity = try verifier.verifyAtOnce(try known(token), at: clock()) else {
            return nil
        }
        return try accepted(identity)
    }

    /// True when the bearer's token or user was revoked.
    package func isRevoked(_ identity: Identity) -> Bool {
        revocations.covers(identity, at: clock())
    }

    private func known(_ token: String) throws(Rejection) -> String {
        guard !isOpen else {
            throw Rejection(.unauthorized, "The hub has no keys to check tokens with.")
        }
        return token
    }

    private func accepted(_ identity: Identity) throws(Rejection) -> Identity {
        guard !isRevoked(identity) else { throw Self.revokedToken }
        return identity
    }

    /// What `identify` says of a revoked token; sessions close with 4501 for it, where another
    /// refusal leaves them open.
    package static let revokedToken = Rejection(.unauthorized, "The token was revoked.")

    private func guest(
        _ name: String?,
        _ connection: ConnectionID
    ) throws(Rejection) -> Identity {
        guard isOpen || settings.allowsGuests else {
            throw Rejection(.unauthorized, "A token is needed.")
        }
        if let name, !UserName.isGuest(name) {
            throw Rejection(
                .badRequest,
                "A name has 1 to \(UserName.guestBytesMaximum) bytes of A-Z a-z 0-9 . _ -."
            )
        }
        let prefix = UserName.guestPrefix
        let user =
            switch name {
            case let name? where isOpen || name.hasPrefix(prefix): name
            case let name?: prefix + name
            case nil: prefix + String(connection.number, radix: 16)
            }
        // Where there are no keys there is nobody but guests to run the shop.
        let isAll = isOpen && settings.guestGrants == .everything
        let grants = isAll ? Grants.staff : settings.guestGrants
        return Identity(principal: Principal(user: user, isGuest: true, grants: grants))
    }

    // MARK: What

    /// Refuses an action that the grants don't allow.
    package func admit(
        _ action: String,
        on topic: TopicID?,
        for principal: Principal
    ) throws(Rejection) {
        guard ActionGrants.allow(action, on: topic, for: principal) else {
            throw Rejection(.forbidden, "Your grants don't allow that here.")
        }
    }

    /// A bucket for a new connection.
    package func bucket() -> TokenBucket {
        TokenBucket(settings.connectionRate, at: clock())
    }

    /// Takes a command's cost from the connection's, the user's and the address's buckets, or from
    /// none of them.
    package func charge(
        connection bucket: inout TokenBucket,
        user: String,
        address: String,
        cost: Int,
        at now: Timestamp
    ) throws(Rejection) {
        guard !settings.isUnlimited else { return }
        if let wait = bucket.take(cost, settings.connectionRate, at: now) {
            throw Self.rateLimited(wait)
        }
        do throws(Rejection) {
            try chargeShared(user: user, address: address, cost: cost, at: now)
        } catch {
            bucket.restore(cost, settings.connectionRate)
            throw error
        }
    }

    /// The part of `charge` that isn't one connection's.
    func chargeShared(
        user: String,
        address: String,
        cost: Int,
        at now: Timestamp? = nil
    ) throws(Rejection) {
        guard !settings.isUnlimited else { return }
        let now = now ?? clock()
        if let wait = users.take(cost, for: user, at: now) { throw Self.rateLimited(wait) }
        if let wait = addresses.take(cost, for: address, at: now) {
            users.restore(cost, for: user)
            throw Self.rateLimited(wait)
        }
    }

    private static func rateLimited(_ wait: Duration) -> Rejection {
        Rejection(.rateLimited, "Too many commands.", retryAfter: wait)
    }

    // MARK: Where from

    /// What an address counts as wherever addresses are counted: worth keeping with the connection.
    package static func limitKey(of address: String) -> String {
        IPAddress(address)?.limitKey ?? address
    }

    /// Counts a connection in, or refuses it.
    ///
    /// - Parameter address: Its limit key, as in `charge`; nil for a proxy's.
    package func connectionBegan(from address: String?) throws(Rejection) {
        guard !settings.isUnlimited else { return }
        try connections.connectionBegan(from: address, at: clock())
    }

    /// Counts a connection that is counted among all under its client's address too.
    package func connectionSettled(at address: String) throws(Rejection) {
        guard !settings.isUnlimited else { return }
        try connections.connectionSettled(at: address, now: clock())
    }

    package func connectionEnded(from address: String?) {
        guard !settings.isUnlimited else { return }
        connections.connectionEnded(from: address)
    }

    /// Connections that hold a place.
    package var connectionCount: Int { connections.total }

    /// Counts a signed-in connection of the user in, or refuses it.
    package func userBegan(_ user: String) throws(Rejection) {
        guard !settings.isUnlimited else { return }
        try connections.userBegan(user)
    }

    package func userEnded(_ user: String) {
        guard !settings.isUnlimited else { return }
        connections.userEnded(user)
    }

    package func isAllowed(origin: String?, host: String?) -> Bool {
        origins.allow(origin, host: host)
    }

    /// For requests without an origin: an open hub answers under names of this machine only.
    package func isAllowed(host: String?) -> Bool {
        origins.allow(host: host)
    }

    /// - Parameter peer: The address of the socket's other end, without port, or `unix`.
    package func clientAddress(peer: String, forwardedFor: [String]) -> String {
        settings.trustedProxies.clientAddress(peer: peer, forwardedFor: forwardedFor)
    }

    /// True when the peer may say who its client is and whether it came by TLS.
    package func trusts(peer: String) -> Bool {
        settings.trustedProxies.trust(peer)
    }

    // MARK: Changes

    /// Refuses all tokens of the user that were issued before now, here and now and from now on.
    package func revokeTokens(
        of user: String,
        issuedBefore: Timestamp? = nil
    ) throws(Rejection) {
        try revoke(.user(user), issuedBefore: issuedBefore, expires: nil)
    }

    package func revokeToken(_ tokenID: String, expires: Timestamp? = nil) throws(Rejection) {
        try revoke(.token(tokenID), issuedBefore: nil, expires: expires)
    }

    /// Refuses everyone's tokens that were issued before the moment, or before now.
    package func revokeAllTokens(issuedBefore: Timestamp? = nil) throws(Rejection) {
        try revoke(.everyone, issuedBefore: issuedBefore, expires: nil)
    }

    /// The revocations in force.
    package var revocationsInForce: [Revocation] { revocations.all }

    private func revoke(
        _ subject: Revocation.Subject,
        issuedBefore: Timestamp?,
        expires: Timestamp?
    ) throws(Rejection) {
        let now = clock()
        let revocation = Revocation(
            subject: subject,
            issuedBefore: issuedBefore ?? now,
            expires: (expires ?? now.advanced(by: settings.revocationLifetime))
                .advanced(by: settings.rules.leeway)
        )
        try revocations.add(revocation, at: now)
        notify(.revoked(revocation))
    }

    /// Takes in what was revoked on another node: it is kept and acted on as if it were here.
    package func learn(_ revocation: Revocation) throws(Rejection) {
        let now = clock()
        guard now < revocation.expires, !revocations.include(revocation) else { return }
        try revocations.add(revocation, at: now)
        notify(.revoked(revocation))
    }

    /// Calls the observer with every change, on the thread that made it, until it is removed.
    package func observe(_ observer: @escaping @Sendable (AdmissionChange) -> Void) -> Int {
        observers.withLock { observers in
            observers.next += 1
            observers.known[observers.next] = observer
            return observers.next
        }
    }

    package func removeObserver(_ number: Int) {
        observers.withLock { $0.known[number] = nil }
    }

    private func notify(_ change: AdmissionChange) {
        for observer in observers.withLock({ Array($0.known.values) }) {
            observer(change)
        }
    }
}
