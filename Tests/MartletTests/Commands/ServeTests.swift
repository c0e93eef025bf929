import Foundation
import Glibc
import Testing

@testable import Martlet

@Suite("Serving, as a process")
struct ServeTests {
    /// The port in `martlet serves on http://127.0.0.1:8000 (…)`.
    private func port(_ announcement: String) throws -> Int {
        let address = try #require(
            announcement.split(separator: " ").first { $0.hasPrefix("http") }
        )
        return try #require(Int(address.split(separator: ":").last ?? ""))
    }

    /// One that ends as soon as it is told to.
    private static func hub(in place: Workplace, _ more: String...) throws -> MartletProcess {
        let words = ["serve", "--port", "0", "--data", place.file("data"), "--set", "drain=0"]
        return try MartletProcess(words + more)
    }

    @Test("It says where it serves in one line, is healthy, and ends with 0 when it is told to")
    func life() throws {
        let place = try Workplace()
        let hub = try MartletProcess([
            "serve", "--port", "0", "--data", place.file("data"), "--loops", "2", "--set",
            "drain=0",
        ])
        let line = try #require(try hub.announcement())
        #expect(line.hasPrefix("martlet serves on http://127.0.0.1:"))
        #expect(line.hasSuffix("(data \(place.file("data")), durability disk, 2 loops)"))
        let url = "http://127.0.0.1:\(try port(line))"
        let health = try MartletProcess.run(["health", "--url", url])
        #expect(health.code == 0, "\(health.complaints)")
        #expect(health.output == "ready\n")
        hub.send(SIGTERM)
        let outcome = try hub.outcome()
        #expect(outcome.code == 0, "\(outcome.complaints)")
        #expect(outcome.output.isEmpty)
        #expect(outcome.complaints.contains("no keys"))
    }

    @Test("Told to stop as soon as it serves, it ends as it does later")
    func earlyEnd() throws {
        for _ in 0..<5 {
            let place = try Workplace()
            let hub = try Self.hub(in: place)
            _ = try #require(try hub.announcement())
            hub.send(SIGTERM)
            #expect(try hub.outcome().code == 0)
        }
    }

    @Test("SIGHUP leaves it serving")
    func reload() throws {
        let place = try Workplace()
        let hub = try Self.hub(in: place)
        let line = try #require(try hub.announcement())
        hub.send(SIGHUP)
        let health = try MartletProcess.run([
            "health", "--url", "http://127.0.0.1:\(try port(line))",
        ])
        #expect(health.code == 0, "\(health.complaints)")
        hub.send(SIGINT)
        #expect(try hub.outcome().code == 0)
    }

    @Test(
        """
        Over TLS SIGHUP brings the certificate that is in the files now to new connections, and \
        leaves those that are open
        """
    )
    func certificateReload() throws {
        let place = try Workplace()
        let first = try CertificateFiles(in: place)
        let former = place.file("former.pem")
        try first.text.write(toFile: former, atomically: true, encoding: .utf8)
        let hub = try Self.hub(
            in: place,
            "--tls-certificate",
            first.certificate,
            "--tls-key",
            first.key
        )
        let line = try #require(try hub.announcement())
        #expect(line.contains("https://"))
        let port = try port(line)
        let open = try SecureConnection(port: port, trusted: former)
        #expect(open.status("/healthz") == 200)
        let second = try CertificateFiles(in: place)
        #expect(try second.text != String(contentsOfFile: former, encoding: .utf8))
        // The files alone change nothing.
        #expect(try SecureConnection(port: port, trusted: former).status("/healthz") == 200)
        hub.send(SIGHUP)
        var isRenewed = false
        for _ in 0..<500 where !isRenewed {
            let fresh = try SecureConnection(port: port, trusted: second.certificate)
            isRenewed = fresh.status("/healthz") == 200
        }
        #expect(isRenewed)
        #expect(try SecureConnection(port: port, trusted: former).status("/healthz") == nil)
        #expect(open.status("/healthz") == 200)
        // What can't be used leaves the certificate in force.
        try "nonsense".write(toFile: second.key, atomically: true, encoding: .utf8)
        hub.send(SIGHUP)
        for _ in 0..<20 {
            let again = try SecureConnection(port: port, trusted: second.certificate)
            #expect(again.status("/healthz") == 200)
        }
        hub.send(SIGTERM)
        #expect(try hub.outcome().code == 0)
    }

    @Test("A second hub neither takes the first one's data nor its port")
    func conflicts() throws {
        let place = try Workplace()
        let hub = try Self.hub(in: place)
        let line = try #require(try hub.announcement())
        let sameData = try MartletProcess.run([
            "serve", "--port", "0", "--data", place.file("data"),
        ])
        #expect(sameData.code == 75, "\(sameData.complaints)")
        let samePort = try MartletProcess.run([
            "serve", "--port", "\(try port(line))", "--data", place.file("other"),
        ])
        #expect(samePort.code == 71, "\(samePort.complaints)")
        #expect(samePort.complaints.contains("is in use"))
        hub.send(SIGTERM)
        #expect(try hub.outcome().code == 0)
    }

    @Test("Data that can't be used is told by sentence and code")
    func badData() throws {
        let place = try Workplace()
        let data = place.file("data")
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        _ = FileManager.default.createFile(
            atPath: data + "/hub.sqlite",
            contents: Data("this is no database at all".utf8)
        )
        let outcome = try MartletProcess.run(["serve", "--port", "0", "--data", data])
        #expect(outcome.code == 65, "\(outcome.complaints)")
        _ = FileManager.default.createFile(atPath: place.file("file"), contents: Data())
        let inFile = try MartletProcess.run([
            "serve", "--port", "0", "--data", place.file("file") + "/data",
        ])
        #expect(inFile.code == 77, "\(inFile.complaints)")
    }
}
