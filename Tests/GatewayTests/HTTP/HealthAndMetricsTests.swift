import Hub
import Testing

@testable import Gateway

@Suite("Health and metrics")
struct HealthAndMetricsTests {
    @Test("A failing check makes the hub unready, not dead")
    func failing() async throws {
        let check = HealthCheck(name: "journal") { "disk full" }
        try await RunningPlane.with(.init(checks: [check])) { plane in
            #expect(try await plane.ask(Requests.get("/healthz")).status == 200)
            let deep = try await plane.ask(Requests.get("/healthz?deep=1"))
            #expect(deep.status == 503)
            #expect(deep.json?["checks"]?["journal"]?.string == "disk full")
            #expect(try await plane.ask(Requests.get("/readyz")).status == 503)
        }
    }

    @Test("A check that hangs has failed when its time is over")
    func hanging() async throws {
        let check = HealthCheck(name: "journal") {
            try? await Task.sleep(for: .seconds(1))
            return nil
        }
        let settings = RunningPlane.Settings(checks: [check], healthBound: .milliseconds(50))
        try await RunningPlane.with(settings) { plane in
            let reply = try await plane.ask(Requests.get("/readyz"))
            #expect(reply.status == 503)
            #expect(reply.json?["checks"]?["journal"]?.string == "no answer in time")
            try await Task.sleep(for: .seconds(1))
        }
    }

    @Test("A hub that drains is healthy and not ready")
    func draining() async throws {
        let check = HealthCheck(name: "journal") { nil }
        try await RunningPlane.with(.init(checks: [check])) { plane in
            #expect(try await plane.ask(Requests.get("/readyz")).status == 200)
            plane.health.drain()
            let reply = try await plane.ask(Requests.get("/readyz"))
            #expect(reply.status == 503)
            #expect(reply.json?["status"]?.string == "draining")
            #expect(try await plane.ask(Requests.get("/healthz?deep=1")).status == 200)
        }
    }

    @Test("Metrics are for this machine and for tokens that grant them by name")
    func access() async throws {
        let metrics = Grants(rules: [.init(pattern: "hub", actions: ["metrics"])])
        let door = ScriptedDoor(tokens: [
            "all": Principal(user: "ada", isGuest: false, grants: .everything),
            "metrics": Principal(user: "op", isGuest: false, grants: metrics),
        ])
        try await RunningPlane.with(.init(door: door)) { plane in
            #expect(try await plane.ask(Requests.get("/metrics")).status == 200)
            let proxied = "X-Forwarded-For: 192.0.2.1"
            let stranger = try await plane.ask(Requests.get("/metrics", proxied))
            #expect(stranger.status == 401)
            let user = try await plane.ask(
                Requests.get("/metrics", proxied, "Authorization: Bearer all")
            )
            #expect(user.status == 403)
            let scraper = try await plane.ask(
                Requests.get("/metrics", proxied, "Authorization: Bearer metrics")
            )
            #expect(scraper.status == 200)
        }
    }

    @Test("Requests are counted by template, method and status, never by what clients invent")
    func counted() async throws {
        try await RunningPlane.with { plane in
            let client = try plane.client()
            for number in 1...3 { _ = try await client.ask(Requests.get("/api/rooms/\(number)")) }
            _ = try await client.ask(Requests.get("/invented/path"))
            _ = try await client.ask(Requests.make("PROPFIND", "/api/rooms"))
            let text = try await client.ask(Requests.get("/metrics")).text
            let labels = #"{route="/api/rooms/{room}",method="GET",status="200"}"#
            #expect(text.contains("martlet_http_requests_total\(labels) 3\n"))
            #expect(text.contains(#"martlet_commands_total{action="room"} 3"#))
            #expect(!text.contains("invented"))
            #expect(!text.contains("PROPFIND"))
            #expect(text.contains(#"martlet_connections{plane="http"} 1"#))
        }
    }

    @Test(
        "Prometheus' own checker finds nothing to complain about",
        .enabled(if: Tool.succeeds("promtool", ["--version"]))
    )
    func promtool() async throws {
        let instruments = Instruments(version: #"1"\#n\"#)
        instruments.turnTime.observe(.milliseconds(3))
        instruments.commitRecords.observe(5000)
        instruments.closes["4711"].add()
        instruments.http.count(route: .route(0), method: "GET", status: 200)
        instruments.http.observe(route: .route(0), nanoseconds: 120_000)
        let text = MetricsPage(instruments: instruments).text()
        let result = try await Tool.run("promtool", ["check", "metrics"], input: text)
        #expect(result.status == 0)
        #expect(result.output.isEmpty, "\(result.output)")
    }

    @Test("A histogram's buckets add up, and its sum is in the unit shown")
    func histogram() {
        let histogram = Histogram(bounds: [10, 20], scale: 10)
        for value in [1, 10, 11, 30] { histogram.observe(value) }
        var text = PrometheusText()
        text.histogram("h", "Help.", histogram)
        #expect(
            String(decoding: text.bytes, as: UTF8.self) == """
                # HELP h Help.
                # TYPE h histogram
                h_bucket{le="1"} 2
                h_bucket{le="2"} 3
                h_bucket{le="+Inf"} 4
                h_sum 5.2
                h_count 4

                """
        )
    }

    @Test("The process says what it takes")
    func process() {
        let reading = ProcessReading()
        #expect(reading.residentBytes > 1_000_000)
        #expect(reading.openDescriptors > 2)
        #expect(reading.descriptorsMaximum >= reading.openDescriptors)
        #expect(reading.startSeconds > 1_600_000_000)
        #expect(reading.threads > 0)
    }
}
