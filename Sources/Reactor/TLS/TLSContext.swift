/// What the TLS sessions of a listener, or of connects, have in common: certificates, trust, and
/// the protocols offered. TLS 1.2 and 1.3.

import COpenSSL
import Synchronization

// `@unchecked Sendable` is sound: OpenSSL's context may be used by many threads once it is set up,
// its pointer is exchanged under the lock, and the protocols never change.
package final class TLSContext: @unchecked Sendable {
    /// Whom a client believes.
    package enum Trust: Hashable, Sendable {
        case system
        /// The certificates of a PEM file, and no others.
        case file(String)
        /// Anyone. For tests.
        case anyone
    }

    /// Who somebody is: PEM files, the certificate chain beginning with their own.
    package struct Identity: Hashable, Sendable {
        package let certificates: String
        package let key: String

        package init(certificates: String, key: String) {
            self.certificates = certificates
            self.key = key
        }
    }

    enum Role: Sendable {
        case server(Identity)
        case client(Trust, Identity?)
    }

    let role: Role
    private let current: Mutex<ContextPointer>
    /// Read by OpenSSL's callback, so it lives as long as any session: sessions hold the context.
    private let protocols: UnsafeMutablePointer<copenssl_protocols>

    /// A pointer to OpenSSL's context, which may go from thread to thread: see above.
    struct ContextPointer: @unchecked Sendable {
        let pointer: OpaquePointer
    }

    private init(role: Role, protocols names: [String]) throws(TLSError) {
        let wire = try Self.wireForm(of: names)
        let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: max(wire.count, 1))
        bytes.initialize(from: wire, count: wire.count)
        protocols = .allocate(capacity: 1)
        protocols.initialize(
            to: copenssl_protocols(length: UInt32(wire.count), bytes: UnsafePointer(bytes))
        )
        self.role = role
        do throws(TLSError) {
            current = Mutex(
                ContextPointer(pointer: try Self.make(role, protocols))
            )
        } catch {
            bytes.deallocate()
            protocols.deallocate()
            throw error
        }
    }

    deinit {
        current.withLock { SSL_CTX_free($0.pointer) }
        protocols.pointee.bytes.deallocate()
        protocols.deallocate()
    }

    /// A server's: PEM files, the certificate chain beginning with the server's own.
    package static func server(
        certificates: String,
        key: String,
        protocols: [String] = ["http/1.1"]
    ) throws(TLSError) -> TLSContext {
        let identity = Identity(certificates: certificates, key: key)
        return try TLSContext(role: .server(identity), protocols: protocols)
    }

    /// A client's, and who it is when a server asks.
    package static func client(
        trust: Trust = .system,
        identity: Identity? = nil,
        protocols: [String] = []
    ) throws(TLSError) -> TLSContext {
        try TLSContext(role: .client(trust, identity), protocols: protocols)
    }

    /// Reads the files again. New sessions use what they hold now; if it can't be used, everything
    /// stays as it was. Sessions that are open go on.
    package func reload() throws(TLSError) {
        let fresh = ContextPointer(pointer: try Self.make(role, protocols))
        let stale = current.withLock { current in
            defer { current = fresh }
            return current
        }
        SSL_CTX_free(stale.pointer)
    }

    /// A session over a connected socket, or nil when there is no memory for it.
    func makeSession(_ descriptor: Int32, serverName: String?) -> TLSSession? {
        // The session holds on to OpenSSL's context, so only its making needs the lock.
        let session = current.withLock { current in
            SSL_new(current.pointer).map(ContextPointer.init)
        }
        guard let session else { return nil }
        return TLSSession(
            session.pointer,
            descriptor: descriptor,
            context: self,
            serverName: serverName
        )
    }

    /// OpenSSL's context as it is now, for settings that few need.
    func withOpenSSL(_ body: (OpaquePointer) -> Void) {
        current.withLock { body($0.pointer) }
    }

    private static func wireForm(of names: [String]) throws(TLSError) -> [UInt8] {
        var wire: [UInt8] = []
        for name in names {
            guard (1...255).contains(name.utf8.count) else { throw .protocolsInvalid }
            wire.append(UInt8(name.utf8.count))
            wire += name.utf8
        }
        return wire
    }
}
