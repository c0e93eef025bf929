import Testing

@testable import Gateway

@Suite("Pages")
struct PageTests {
    private let pages = [
        Page(
            path: "/",
            contentType: "text/html; charset=utf-8",
            bytes: Array(
                #"<script nonce="{{nonce}}">1</script><style nonce="{{nonce}}"></style>"#.utf8
            ),
            isTemplate: true
        ),
        Page(
            path: "/app.js",
            contentType: "text/javascript",
            bytes: Array("let a = '{{nonce}}'".utf8)
        ),
    ]

    @Test("A page's nonce is in its policy, in each of its places, and new each time")
    func nonce() async throws {
        try await RunningPlane.with(.init(pages: pages)) { plane in
            let client = try plane.client()
            var nonces = Set<String>()
            for _ in 0..<3 {
                let reply = try await client.ask(Requests.get("/"))
                let policy = try #require(reply["content-security-policy"])
                let nonce = try #require(policy.split(separator: "'nonce-").dropFirst().first)
                    .prefix(32)
                #expect(nonce.count == 32)
                #expect(
                    reply.text
                        == #"<script nonce="\#(nonce)">1</script><style nonce="\#(nonce)"></style>"#
                )
                nonces.insert(String(nonce))
            }
            #expect(nonces.count == 3)
        }
    }

    @Test("The pages in the binary have paths of their own, types, and content")
    func embedded() {
        let pages = EmbeddedPages.all
        #expect(pages.contains { $0.path == "/" && $0.isTemplate })
        #expect(Set(pages.map(\.path)).count == pages.count)
        for page in pages {
            #expect(page.path.hasPrefix("/"))
            #expect(page.contentType.contains("/"))
            #expect(!page.bytes.isEmpty)
        }
    }

    @Test("A page for all below its own path is served there, and nowhere else")
    func below() async throws {
        let page = Page(path: "/docs", contentType: "text/html", bytes: [0x41], hasBelow: true)
        try await RunningPlane.with(.init(pages: pages + [page])) { plane in
            for path in ["/docs", "/docs/", "/docs/a/b%20c", "/docs/../app.js?x"] {
                let reply = try await plane.ask(Requests.get(path))
                #expect(reply.text == "A")
            }
            for path in ["/docs2", "/doc", "/app.js/a", "//docs/a"] {
                let reply = try await plane.ask(Requests.get(path))
                #expect(reply.status == 404)
            }
        }
    }

    @Test(
        "Security fields are on every response",
        arguments: ["/", "/app.js", "/none", "/openapi.json"]
    )
    func fields(path: String) async throws {
        try await RunningPlane.with(.init(pages: pages)) { plane in
            let reply = try await plane.ask(Requests.get(path))
            #expect(reply["x-content-type-options"] == "nosniff")
            #expect(reply["referrer-policy"] == "no-referrer")
            #expect(reply["cross-origin-resource-policy"] == "same-origin")
            let policy = try #require(reply["content-security-policy"])
            #expect(policy.hasPrefix("default-src 'none'"))
            #expect(policy.hasSuffix("frame-ancestors 'none'"))
            #expect(!policy.contains("unsafe"))
            if path == "/" { #expect(reply["cross-origin-opener-policy"] == "same-origin") }
        }
    }

    @Test("A page is sent once to who keeps it, and the policy it came with stays")
    func revalidation() async throws {
        try await RunningPlane.with(.init(pages: pages)) { plane in
            let tag = try #require(try await plane.ask(Requests.get("/"))["etag"])
            let again = try await plane.ask(Requests.get("/", "If-None-Match: \(tag)"))
            #expect(again.status == 304)
            #expect(again["content-security-policy"] == nil)
            #expect(again["etag"] == tag)
        }
    }

    @Test(
        "Only what is in the table is served, and only read",
        arguments: [
            "/../etc/passwd", "/app.js/", "/APP.JS", "/%61pp.js", "/app.js%00", "//app.js",
        ]
    )
    func exact(path: String) async throws {
        try await RunningPlane.with(.init(pages: pages)) { plane in
            #expect(try await plane.ask(Requests.get(path)).status == 404)
            #expect(try await plane.ask(Requests.get("/app.js?v=1")).text == "let a = '{{nonce}}'")
            let written = try await plane.ask(Requests.make("PUT", "/app.js"))
            #expect(written.status == 405)
            #expect(written["allow"] == "GET, HEAD")
        }
    }
}
