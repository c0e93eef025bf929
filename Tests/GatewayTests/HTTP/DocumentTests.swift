import HTTPTypes
import Hub
import Testing

@testable import Gateway

@Suite("OpenAPI and AsyncAPI")
struct DocumentTests {
    private let openAPI = OpenAPI(version: "1.0.0", routes: RouteTable.all).json

    @Test("Every route is an operation, and every operation below /api a route")
    func routes() throws {
        guard case .object(let paths)? = openAPI["paths"] else {
            Issue.record("The document has no paths.")
            return
        }
        var operations = Set<String>()
        var prometheus = 0
        for path in paths where path.key.hasPrefix("/api") {
            guard case .object(let methods) = path.value else { continue }
            // Prometheus' own paths have an endpoint each, and no route.
            if PrometheusEndpoint(path: path.key[...]) != nil {
                let isPost = methods.contains { $0.key == "post" }
                let allowed = PrometheusEndpoint(path: path.key[...])?.methods ?? []
                #expect(allowed.contains(.post) == isPost, "\(path.key)")
                prometheus += 1
                continue
            }
            for method in methods { operations.insert("\(method.key.uppercased()) \(path.key)") }
        }
        let routes = RouteTable.all.map { "\($0.method.rawValue) \($0.template)" }
        #expect(operations == Set(routes))
        #expect(routes.count == operations.count)
        #expect(prometheus == 8)
    }

    @Test("Every command of the protocol but the session's own has a route")
    func commands() {
        let routed = Set(RouteTable.all.map(OpenAPI.identifier))
        for shape in CommandCatalogue.all where shape.scope != .session {
            #expect(routed.contains(shape.action))
        }
    }

    @Test("Every action and every event of documents is in AsyncAPI, each under its own name")
    func documents() {
        let json = AsyncAPI(version: "1.0.0").json
        // The list of documents is asked for without a topic: only REST has it.
        for action in DocumentActions.all where action != "documents" {
            #expect(json["operations"]?["doc.\(action)"] != nil, "\(action)")
            #expect(json["components"]?["messages"]?["reply.doc.\(action)"] != nil, "\(action)")
        }
        for event in [
            "update", "awareness", "state", "doc_created", "doc_renamed", "version_saved",
            "version_removed", "doc_deleted",
        ] {
            #expect(json["components"]?["messages"]?["event.\(event)"] != nil, "\(event)")
        }
        let names = AsyncAPI.shapes.map(\.name)
        #expect(Set(names).count == names.count)
    }

    @Test("Every reference within a document leads somewhere")
    func references() {
        for document in [openAPI, AsyncAPI(version: "1.0.0").json] {
            for reference in Self.references(in: document) {
                var place: JSON? = document
                for step in reference.split(separator: "/").dropFirst() {
                    place = place?[String(step)]
                }
                #expect(place != nil, "\(reference)")
            }
        }
    }

    private static func references(in json: JSON) -> [String] {
        switch json {
        case .object(let members):
            members.flatMap { member in
                if member.key == "$ref", let text = member.value.string { return [text] }
                return references(in: member.value)
            }
        case .array(let values): values.flatMap(references)
        default: []
        }
    }

    @Test(
        "The OpenAPI document is valid",
        .enabled(if: Tool.succeeds("python3", ["-c", "import openapi_spec_validator"]))
    )
    func valid() async throws {
        let result = try await Tool.run(
            "python3",
            [
                "-c",
                "import sys,json,openapi_spec_validator as v; v.validate(json.load(sys.stdin))",
            ],
            input: openAPI.encoded()
        )
        #expect(result.status == 0, "\(result.output)")
    }

    @Test("Documents are served with a tag, and not again to who has them")
    func served() async throws {
        try await RunningPlane.with { plane in
            for path in ["/openapi.json", "/asyncapi.json"] {
                let reply = try await plane.ask(Requests.get(path))
                #expect(reply.status == 200)
                #expect(reply.json != nil)
                let tag = try #require(reply["etag"])
                let again = try await plane.ask(
                    Requests.get(path, "If-None-Match: \"other\", W/\(tag)")
                )
                #expect(again.status == 304)
                #expect(again["content-length"] == nil)
            }
        }
    }
}
