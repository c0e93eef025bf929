import Reactor
import Testing

@testable import Cluster

extension LiveRedis {
    @Suite("Redis over TLS", .serialized)
    struct SecureServer {
        private func outcome(
            _ address: String,
            _ configure: (inout RedisSettings) -> Void
        ) async throws -> Result<RedisValue, RedisError> {
            try await withClient(
                address,
                {
                    $0.commandTimeout = .milliseconds(1500)
                    configure(&$0)
                }
            ) { client in
                let record = AnswerRecord()
                client.submit(RedisCommand("ECHO", "hello"), completion: record.note)
                try await eventually("There is no end to it.") { !record.all.isEmpty }
                return record.all[0]
            }
        }

        @Test("A server with the right certificate is believed, and no other")
        func verifies() async throws {
            let certificates = try await ServerCertificates()
            let port = FreePorts.take()
            let options = certificates.options(port: port, asksClients: false)
            let server = try await RedisServer(options, port: port)
            let hello = Result<RedisValue, RedisError>.success(.bytes([UInt8]("hello")))
            for host in ["127.0.0.1", "localhost"] {
                let answer = try await outcome("rediss://\(host):\(server.port)") {
                    $0.tls.trust = .file(certificates.authority)
                }
                #expect(answer == hello)
            }
            let strange = try await outcome("rediss://127.0.0.1:\(server.port)") {
                $0.tls.trust = .system
            }
            let other = try await outcome("rediss://127.0.0.1:\(server.port)") {
                $0.tls.trust = .file(certificates.authority)
                $0.tls.serverName = "elsewhere"
            }
            for answer in [strange, other] {
                guard case .failure(.unavailable(let reason)) = answer else {
                    Issue.record("It ended with \(answer).")
                    continue
                }
                #expect(reason.contains("TLS"))
            }
            let plain = try await outcome("redis://127.0.0.1:\(server.port)") { _ in }
            #expect(plain != hello)
        }

        @Test("A server that asks who is there is told, by certificate")
        func identifies() async throws {
            let certificates = try await ServerCertificates()
            let port = FreePorts.take()
            let options = certificates.options(port: port, asksClients: true)
            let server = try await RedisServer(options, port: port)
            try await withClient(
                "rediss://localhost:\(server.port)",
                {
                    $0.tls.trust = .file(certificates.authority)
                    $0.tls.identity = TLSContext.Identity(
                        certificates: certificates.certificate("client"),
                        key: certificates.key("client")
                    )
                }
            ) { client in
                let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }
                let key = [UInt8]("k")
                _ = try await client.send(RedisCommand([[UInt8]("SET"), key, bytes], key: key))
                let answer = try await client.send(RedisCommand([[UInt8]("GET"), key], key: key))
                #expect(answer == .bytes(bytes))
            }
            let nobody = try await outcome("rediss://localhost:\(server.port)") {
                $0.tls.trust = .file(certificates.authority)
            }
            guard case .failure(let error) = nobody else {
                Issue.record("It was let in.")
                return
            }
            #expect(!error.mayHaveBeenCarriedOut)
        }
    }
}
