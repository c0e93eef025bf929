/// TLS: two connections of ours talk to each other, and to OpenSSL's rules.

import CLinux
import COpenSSL
import Glibc
import Synchronization
import Testing

@testable import Reactor

@Suite("TLS")
struct TLSTests {
    let certificates: Certificates
    let server: TLSContext

    init() throws {
        certificates = try Certificates()
        server = try .server(certificates: certificates.certificate, key: certificates.key)
    }

    private func client(_ protocols: [String] = []) throws -> TLSContext {
        try .client(trust: .file(certificates.certificate), protocols: protocols)
    }

    private func connect(
        _ group: EventLoopGroup,
        to listener: Listener,
        _ context: TLSContext,
        name: String = "localhost",
        _ handler: RecordingHandler,
        sending bytes: [UInt8] = []
    ) {
        let loop = group.next()
        let address = listener.address
        loop.submit {
            loop.connect(to: address, tls: context, serverName: name, handler: handler).send(bytes)
        }
    }

    @Test("Bytes go both ways under each version", arguments: [TLS1_2_VERSION, TLS1_3_VERSION])
    func echoes(version: Int32) async throws {
        let context = try client(["http/1.1"])
        context.limit(to: version)
        try await withLoops(2) { group in
            let accepted = RecordingHandler.echo()
            let listener = try Listener(on: .loopback(port: 0), group: group, tls: server) {
                $0.handler = accepted
            }
            let handler = RecordingHandler()
            let bytes = pattern(1_000_000)
            connect(group, to: listener, context, handler, sending: bytes)
            try await eventually("Bytes are missing: \(handler.record.ends)") {
                handler.record.bytes.count == bytes.count
            }
            #expect(handler.record.bytes == bytes)
            #expect(handler.record.openings == 1)
            #expect(handler.record.negotiated == "http/1.1")
            #expect(accepted.record.negotiated == "http/1.1")
        }
    }

    @Test("Many small frames of a turn are one record's worth, and arrive in order")
    func smallFrames() async throws {
        try await withLoops { group in
            let listener = try Listener(on: .loopback(port: 0), group: group, tls: server) {
                $0.handler = RecordingHandler { connection, _ in
                    for number in 0..<2_000 { connection.send(pattern(50, seed: number)) }
                    connection.close(.afterFlush(timeout: .seconds(10)))
                }
            }
            let handler = RecordingHandler()
            connect(group, to: listener, try client(), handler, sending: [1])
            try await eventually("It didn't end.") { handler.record.ends == [.peerClosed] }
            #expect(handler.record.bytes == (0..<2_000).flatMap { pattern(50, seed: $0) })
        }
    }

    @Test("A client without a protocol in common is refused")
    func noCommonProtocol() async throws {
        try await withLoops { group in
            let accepted = RecordingHandler()
            let listener = try Listener(on: .loopback(port: 0), group: group, tls: server) {
                $0.handler = accepted
            }
            let handler = RecordingHandler()
            connect(group, to: listener, try client(["h2"]), handler)
            try await eventually("It didn't end.") {
                !handler.record.ends.isEmpty && !accepted.record.ends.isEmpty
            }
            #expect(handler.record.openings == 0)
            guard case .tls = try #require(accepted.record.ends.first) else {
                Issue.record("It ended as \(accepted.record.ends).")
                return
            }
        }
    }

    @Test(
        "A client believes its trusted certificate for its names, and nobody else",
        arguments: [
            ("localhost", true, true), ("127.0.0.1", true, true), ("hub.example", true, false),
            ("localhost", false, false),
        ]
    )
    func verifies(name: String, isTrusted: Bool, succeeds: Bool) async throws {
        let stranger = try Certificates()
        let trusted = isTrusted ? certificates.certificate : stranger.certificate
        let context = try TLSContext.client(trust: .file(trusted))
        try await withLoops { group in
            let listener = try Listener(on: .loopback(port: 0), group: group, tls: server) {
                $0.handler = RecordingHandler.echo()
            }
            let handler = RecordingHandler()
            connect(group, to: listener, context, name: name, handler, sending: [1])
            try await eventually("It neither opened nor ended.") {
                handler.record.bytes == [1] || !handler.record.ends.isEmpty
            }
            #expect((handler.record.bytes == [1]) == succeeds)
            #expect((handler.record.openings == 1) == succeeds)
        }
    }

    @Test("A client shows who it is, and one without its key can't be made")
    func identifies() async throws {
        let stranger = try Certificates()
        #expect(
            throws: TLSError.keyMismatch(
                certificate: certificates.certificate,
                key: stranger.key
            )
        ) {
            try TLSContext.client(
                identity: .init(certificates: certificates.certificate, key: stranger.key)
            )
        }
        let asking = try TLSContext.server(
            certificates: certificates.certificate,
            key: certificates.key
        )
        asking.requireClients(trusting: certificates.certificate)
        let known = TLSContext.Identity(
            certificates: certificates.certificate,
            key: certificates.key
        )
        for identity in [known, nil] {
            let context = try TLSContext.client(
                trust: .file(certificates.certificate),
                identity: identity
            )
            try await withLoops { group in
                let listener = try Listener(on: .loopback(port: 0), group: group, tls: asking) {
                    $0.handler = RecordingHandler.echo()
                }
                let handler = RecordingHandler()
                connect(group, to: listener, context, handler, sending: [1])
                try await eventually("It neither opened nor ended.") {
                    handler.record.bytes == [1] || !handler.record.ends.isEmpty
                }
                #expect((handler.record.bytes == [1]) == (identity != nil))
            }
        }
    }

    @Test("A reload serves the new certificate to new clients, and a bad one changes nothing")
    func reloads() async throws {
        try await withLoops { group in
            let listener = try Listener(on: .loopback(port: 0), group: group, tls: server) {
                $0.handler = RecordingHandler.echo()
            }
            let before = try client()
            let early = RecordingHandler()
            connect(group, to: listener, before, early, sending: [1])
            try await eventually("The first didn't open.") { early.record.bytes == [1] }

            try certificates.write("no certificate", to: certificates.certificate)
            #expect(throws: TLSError.self) { try server.reload() }
            let still = RecordingHandler()
            connect(group, to: listener, before, still, sending: [2])
            try await eventually("A bad reload broke it.") { still.record.bytes == [2] }

            try certificates.renew()
            try server.reload()
            let late = RecordingHandler()
            connect(group, to: listener, try client(), late, sending: [3])
            try await eventually("The new certificate isn't used.") { late.record.bytes == [3] }
            let stale = RecordingHandler()
            connect(group, to: listener, before, stale)
            try await eventually("The old certificate is used.") { !stale.record.ends.isEmpty }
            #expect(early.record.ends == [])
        }
    }

    @Test("Files that can't be used are named")
    func badFiles() throws {
        let other = try Certificates()
        #expect(
            throws: TLSError.keyMismatch(certificate: certificates.certificate, key: other.key)
        ) {
            try TLSContext.server(certificates: certificates.certificate, key: other.key)
        }
        let error = #expect(throws: TLSError.self) {
            try TLSContext.server(certificates: "/nowhere.pem", key: other.key)
        }
        #expect(error?.description.contains("/nowhere.pem") == true)
        #expect(throws: TLSError.self) {
            try TLSContext.server(certificates: other.certificate, key: "/nowhere.pem")
        }
        #expect(throws: TLSError.protocolsInvalid) { try TLSContext.client(protocols: [""]) }
    }

    @Test("Garbage instead of a handshake ends the connection with a reason")
    func garbage() async throws {
        try await withLoops { group in
            let accepted = RecordingHandler()
            let listener = try Listener(on: .loopback(port: 0), group: group, tls: server) {
                $0.handler = accepted
            }
            let client = try BlockingClient(to: listener.address)
            try client.write(Array("GET / HTTP/1.1\r\n\r\n".utf8))
            try await eventually("It didn't end.") { !accepted.record.ends.isEmpty }
            #expect(accepted.record.bytes == [])
            guard case .tls = try #require(accepted.record.ends.first) else {
                Issue.record("It ended as \(accepted.record.ends).")
                return
            }
        }
    }
}

extension TLSContext {
    /// Speaks this version only.
    func limit(to version: Int32) {
        withOpenSSL { _ = copenssl_set_versions($0, version, version) }
    }

    /// As a server, lets in only clients with a certificate that these trust.
    func requireClients(trusting path: String) {
        withOpenSSL {
            SSL_CTX_load_verify_locations($0, path, nil)
            SSL_CTX_set_verify($0, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nil)
        }
    }
}
