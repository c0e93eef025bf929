import Hub
import Testing
import TimeSeries

@testable import Gateway

@Suite("Samples by HTTP")
struct IngestAPITests {
    private static let writer = Principal(
        user: "writer",
        isGuest: false,
        grants: Grants(rules: [
            .init(pattern: "stream:hub_*", actions: ["push"]),
            .init(pattern: "stream:up", actions: ["push"]),
        ])
    )

    private static func settings(_ intake: RecordingIntake?) -> RunningPlane.Settings {
        var settings = RunningPlane.Settings()
        settings.intake = intake
        settings.door = ScriptedDoor(tokens: ["writer": writer])
        return settings
    }

    private static func post(
        _ plane: RunningPlane,
        _ path: String,
        _ body: [UInt8],
        _ fields: String...
    ) async throws -> Reply {
        var head = "POST \(path) HTTP/1.1\r\nHost: hub.example\r\n"
        for field in fields { head += field + "\r\n" }
        head += "Content-Length: \(body.count)\r\n\r\n"
        let client = try plane.client()
        try await client.send(Array(head.utf8) + body)
        return try await client.reply()
    }

    private static let protobuf = "Content-Type: application/x-protobuf"
    private static let snappy = "Content-Encoding: snappy"

    /// `up{job="hub"} 1 @ 5000` and `a` as remote_write has them.
    private static func request(_ names: [String]) -> [UInt8] {
        var request: [UInt8] = []
        for name in names {
            let label = field(1, field(1, Array("__name__".utf8)) + field(2, Array(name.utf8)))
            let bits = withUnsafeBytes(of: (1.5).bitPattern.littleEndian) { Array($0) }
            let sample = field(2, [0x09] + bits + [0x10, 0x88, 0x27])
            request += field(1, label + sample)
        }
        return request
    }

    private static func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] {
        [number << 3 | 2, UInt8(bytes.count)] + bytes
    }

    @Test("remote_write is answered with 204 when all of it is kept")
    func remoteWrite() async throws {
        let intake = RecordingIntake()
        try await RunningPlane.with(Self.settings(intake)) { plane in
            let body = Snappy.encode(Self.request(["up", "hub_msgs"]))
            let reply = try await Self.post(
                plane,
                "/api/v1/write",
                body,
                Self.protobuf,
                Self.snappy,
                "X-Prometheus-Remote-Write-Version: 0.1.0",
                "Authorization: Bearer writer"
            )
            #expect(reply.status == 204)
            #expect(reply.body.isEmpty)
            #expect(plane.instruments.ingest.accepted["remote_write"].value == 2)
        }
        #expect(intake.lines == ["hub_msgs 1.5 5000", "up 1.5 5000"])
    }

    @Test("What may not be written is refused, the rest is kept, and the answer counts")
    func forbidden() async throws {
        let intake = RecordingIntake()
        try await RunningPlane.with(Self.settings(intake)) { plane in
            let fields = [Self.protobuf, Self.snappy, "Authorization: Bearer writer"]
            let some = try await Self.post(
                plane,
                "/api/v1/write",
                Snappy.encode(Self.request(["up", "secret", "upper"])),
                fields[0],
                fields[1],
                fields[2]
            )
            #expect(some.status == 400)
            #expect(some.json?["accepted"] == 1)
            #expect(some.json?["refused"] == ["forbidden": 2])
            let none = try await Self.post(
                plane,
                "/api/v1/write",
                Snappy.encode(Self.request(["secret"])),
                fields[0],
                fields[1],
                fields[2]
            )
            #expect(none.status == 403)
            #expect(none.code == "forbidden")
        }
        #expect(intake.lines == ["up 1.5 5000"])
    }

    @Test("What the store refuses is counted in the answer")
    func refused() async throws {
        let intake = RecordingIntake { _ in
            PushReport.Outcome(
                accepted: 1,
                duplicates: 1,
                refused: [.tooOld: 2, .tooManySeries: 0]
            )
        }
        try await RunningPlane.with(Self.settings(intake)) { plane in
            let reply = try await Self.post(
                plane,
                "/api/v1/write",
                Snappy.encode(Self.request(["a", "b", "c", "d"])),
                Self.protobuf
            )
            #expect(reply.status == 400)
            #expect(reply.json?["refused"] == ["too_old": 2])
            #expect(reply.json?["error"]?["retry"] == false)
            #expect(plane.instruments.ingest.refused["too_old"].value == 2)
        }
    }

    @Test(
        "Other versions and encodings are 415, and broken bodies 400",
        arguments: [
            ("application/x-protobuf;proto=io.prometheus.write.v2.Request", "snappy", 415),
            ("application/x-protobuf;proto=prometheus.WriteRequest", "zstd", 415),
            ("application/json", "snappy", 415),
            ("application/x-protobuf", "snappy", 400),
        ]
    )
    func unknown(_ type: String, _ encoding: String, _ status: Int) async throws {
        try await RunningPlane.with(Self.settings(RecordingIntake())) { plane in
            let reply = try await Self.post(
                plane,
                "/api/v1/write",
                [5, 0, 1],
                "Content-Type: \(type)",
                "Content-Encoding: \(encoding)"
            )
            #expect(reply.status == status)
        }
    }

    @Test("A busy store is 503 with the time to come back, and no store is 404")
    func busy() async throws {
        let intake = RecordingIntake { _ throws(Rejection) in throw .busy }
        try await RunningPlane.with(Self.settings(intake)) { plane in
            let body = Snappy.encode(Self.request(["a"]))
            let reply = try await Self.post(plane, "/api/v1/write", body, Self.protobuf)
            #expect(reply.status == 503)
            #expect(reply["retry-after"] == "1")
        }
        try await RunningPlane.with(Self.settings(nil)) { plane in
            let body = Snappy.encode(Self.request(["a"]))
            let reply = try await Self.post(plane, "/api/v1/write", body, Self.protobuf)
            #expect(reply.status == 404)
        }
    }

    @Test("A body that unpacks to too much is 413, however small it is")
    func tooLarge() async throws {
        try await RunningPlane.with(Self.settings(RecordingIntake())) { plane in
            let bomb: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0]
            let reply = try await Self.post(plane, "/api/v1/write", bomb, Self.protobuf)
            #expect(reply.status == 413)
        }
    }

    @Test("Lines of JSON are taken, many samples or one a line")
    func lines() async throws {
        let intake = RecordingIntake()
        let body = #"""
            {"metric":{"__name__":"cpu","host":"a"},"values":[1,null,2.5],"timestamps":[10,20,30]}

            {"name":"mem","labels":{"host":"b"},"value":"+Inf","at":40}
            """#
        try await RunningPlane.with(Self.settings(intake)) { plane in
            let reply = try await Self.post(
                plane,
                "/api/metrics",
                Array(body.utf8),
                "Content-Type: application/x-ndjson"
            )
            #expect(reply.status == 200)
            #expect(reply.json == ["accepted": 3, "duplicates": 0])
        }
        #expect(
            intake.lines == [
                #"cpu{host="a"} 1.0 10"#, #"cpu{host="a"} 2.5 30"#, #"mem{host="b"} inf 40"#,
            ]
        )
    }

    @Test(
        "A malformed line is named, and nothing of the body is kept",
        arguments: [
            "{", "[]", "{}", #"{"name":"a"}"#, #"{"name":"a","value":"x"}"#,
            #"{"metric":{"__name__":"a"},"values":[1],"timestamps":[]}"#,
            #"{"metric":{"__name__":"a"},"values":[1],"timestamps":[1.5]}"#,
            #"{"metric":{"__name__":1},"values":[1],"timestamps":[1]}"#,
        ]
    )
    func malformedLine(_ line: String) async throws {
        let intake = RecordingIntake()
        try await RunningPlane.with(Self.settings(intake)) { plane in
            let body = Array((#"{"name":"a","value":1}"# + "\n" + line).utf8)
            let type = "Content-Type: application/json"
            let reply = try await Self.post(plane, "/api/metrics", body, type)
            #expect(reply.status == 400)
            #expect(reply.json?["error"]?["message"]?.string?.hasPrefix("line 2: ") == true)
        }
        #expect(intake.lines.isEmpty)
    }

    @Test("A line of JSON has 1 MiB at the most, and a longer one is named")
    func longLine() {
        let long = #"{"name":"a","value":1,"x":""# + String(repeating: "x", count: 1 << 20) + #""}"#
        let body = Array((#"{"name":"a","value":1}"# + "\n" + long).utf8)
        var lines = JSONLines(now: 0)
        var sink = GrantedSink(.everything, reserving: body.count)
        do throws(JSONLines.Failure) {
            try lines.read(body, into: &sink)
            Issue.record("The line was read.")
        } catch {
            #expect(error.line == 2)
        }
    }

    @Test("A packed body weighs as much as it may unpack to")
    func weights() {
        let limits = IngestLimits()
        #expect(limits.weight(of: 1000, isPacked: false) == 1000)
        #expect(limits.weight(of: 1000, isPacked: true) == 20_000)
        #expect(limits.weight(of: 8 << 20, isPacked: true) == 32 << 20)
    }

    @Test("What is said of metrics that the client may not write is not kept")
    func forbiddenMetadata() async throws {
        let intake = RecordingIntake()
        try await RunningPlane.with(Self.settings(intake)) { plane in
            let reply = try await Self.post(
                plane,
                "/api/metrics",
                Array("# TYPE up gauge\n# TYPE secret gauge\nup 1 5000\n".utf8),
                "Content-Type: text/plain",
                "Authorization: Bearer writer"
            )
            #expect(reply.status == 200)
        }
        #expect(intake.metadata == [MetricMetadata(family: "up", kind: .gauge)])
    }

    @Test("Prometheus' text and OpenMetrics are taken by their types")
    func texts() async throws {
        let intake = RecordingIntake()
        try await RunningPlane.with(Self.settings(intake)) { plane in
            let text = try await Self.post(
                plane,
                "/api/metrics",
                Array("# TYPE a counter\na{le=\"1\"} 1 5000\n".utf8),
                "Content-Type: text/plain; version=0.0.4"
            )
            #expect(text.status == 200)
            let open = try await Self.post(
                plane,
                "/api/metrics",
                Array("b 1 5\n# EOF\n".utf8),
                "Content-Type: application/openmetrics-text; version=1.0.0; charset=utf-8"
            )
            #expect(open.status == 200)
            let cut = try await Self.post(
                plane,
                "/api/metrics",
                Array("b 1 5\n".utf8),
                "Content-Type: application/openmetrics-text"
            )
            #expect(cut.status == 400)
            let other = try await Self.post(
                plane,
                "/api/metrics",
                Array("b 1 5\n".utf8),
                "Content-Type: application/xml"
            )
            #expect(other.status == 415)
        }
        #expect(intake.lines == [#"a{le="1"} 1.0 5000"#, "b 1.0 5000"])
        #expect(intake.metadata == [MetricMetadata(family: "a", kind: .counter)])
    }

    @Test("A gzipped body is unpacked; one that is none is refused")
    func gzip() async throws {
        // `a 1 5000` and a line end, packed by gzip.
        let packed: [UInt8] = [
            0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 0xFF, 1, 9, 0, 0xF6, 0xFF, 0x61, 0x20, 0x31, 0x20,
            0x35, 0x30, 0x30, 0x30, 0x0A,
        ]
        let trailer = Self.trailer(Array("a 1 5000\n".utf8))
        let intake = RecordingIntake()
        try await RunningPlane.with(Self.settings(intake)) { plane in
            let type = "Content-Type: text/plain"
            let good = try await Self.post(
                plane,
                "/api/metrics",
                packed + trailer,
                type,
                "Content-Encoding: gzip"
            )
            #expect(good.status == 200)
            for bad in [packed, Array("a 1".utf8), Array(packed.dropLast()) + trailer] {
                let reply = try await Self.post(
                    plane,
                    "/api/metrics",
                    bad,
                    type,
                    "Content-Encoding: gzip"
                )
                #expect(reply.status == 400)
            }
        }
        #expect(intake.lines == ["a 1.0 5000"])
    }

    /// CRC-32 and length, which end a member of gzip.
    private static func trailer(_ bytes: [UInt8]) -> [UInt8] {
        var crc: UInt32 = .max
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
        let words = [~crc, UInt32(bytes.count)]
        return words.flatMap { word in withUnsafeBytes(of: word.littleEndian) { Array($0) } }
    }
}
