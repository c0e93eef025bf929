import CRDT
import Foundation
import Hub
import Testing

@testable import Martlet

/// If these fail, documents can't be brought in, taken out or made small without a hub.
@Suite("Commands on documents, as processes")
struct DocCommandTests {
    private let place: Workplace

    init() throws {
        place = try Workplace()
    }

    private func martlet(_ arguments: [String], in data: String = "first") throws -> String {
        let outcome = try run(arguments, in: data)
        #expect(outcome.code == 0, "\(arguments): \(outcome.complaints)")
        return outcome.output
    }

    private func run(
        _ arguments: [String],
        in data: String = "first"
    ) throws -> MartletProcess.Outcome {
        try MartletProcess.run(arguments + ["--data", place.file(data)])
    }

    /// Writes an update that types the text to a file, and gives the file's path.
    private func file(
        _ text: String,
        as client: UInt64,
        isSecondFormat: Bool = false
    ) throws -> String {
        let document = YDocument()
        _ = try document.edit(client: client) { edit throws(YEditError) in
            try edit.insert(text, at: 0, in: .root("t"))
        }
        let bytes = isSecondFormat ? document.encodeStateV2() : document.encodeStateV1()
        let path = place.file("\(client).bin")
        #expect(FileManager.default.createFile(atPath: path, contents: Data(bytes)))
        return path
    }

    private func read(_ name: String) throws -> [UInt8] {
        Array(try #require(FileManager.default.contents(atPath: place.file(name))))
    }

    @Test("A document goes in, is told of, is made small and comes out, also in a copy of the data")
    func life() throws {
        let (one, two) = (
            try file("one", as: 1), try file("two", as: 2, isSecondFormat: true)
        )
        #expect(try martlet(["doc", "import", "a/b", one]) == "a/b has it now.\n")
        #expect(try martlet(["doc", "import", "a/b", one]) == "a/b had all of it already.\n")
        let second = ["doc", "import", "a/b", two, "--format", "v2", "--author", "bob"]
        #expect(try martlet(second) == "a/b has it now.\n")
        try expectInspection(records: 2)
        _ = try martlet(["doc", "export", "a/b", place.file("v1")])
        _ = try martlet(["doc", "export", "a/b", place.file("v2"), "--format", "v2"])
        let document = YDocument()
        document.apply(try YUpdate(v1: try read("v1")))
        #expect(["onetwo", "twoone"].contains(document.text("t")))
        #expect(try YUpdate(v2: try read("v2")).encodedV1() == read("v1"))

        let small = "2 records were replaced by snapshots.\n"
        #expect(try martlet(["doc", "compact", "a/b"]) == small)
        #expect(try martlet(["doc", "compact"]).hasPrefix("0 records"))
        try expectInspection(records: 0)
        _ = try martlet(["doc", "export", "a/b", place.file("small")])
        #expect(try read("small") == read("v1"))

        _ = try martlet(["export", place.file("all.ndjson")])
        _ = try martlet(["import", place.file("all.ndjson")], in: "second")
        #expect(try martlet(["export"], in: "second") == martlet(["export"]))
        try expectInspection(records: 0, in: "second")
        _ = try martlet(["doc", "export", "a/b", place.file("copy")], in: "second")
        #expect(try read("copy") == read("v1"))
        let third = try file("three", as: 3)
        #expect(try martlet(["doc", "import", "a/b", third], in: "second").contains("has it now"))
        for data in ["first", "second"] { _ = try martlet(["verify"], in: data) }
    }

    private func expectInspection(records: Int64, in data: String = "first") throws {
        let lines = try martlet(["doc", "inspect"], in: data).split(separator: "\n")
        #expect(lines.count == 1)
        let line = try JSONParser.parse(Array((lines.first ?? "{}").utf8))
        #expect(line["name"]?.string == "a/b")
        #expect(line["roots"] == ["t"])
        #expect(line["clients"]?.int == 2)
        #expect(line["logRecords"]?.int == records)
        let hasSnapshot = (line["snapshotBytes"]?.int ?? 0) > 0
        #expect(hasSnapshot == (records == 0))
        #expect(try martlet(["doc", "inspect", "a/b"], in: data) == lines[0] + "\n")
    }

    @Test("What can't be done is told by sentence and code")
    func refusals() throws {
        let one = try file("one", as: 1)
        _ = try martlet(["doc", "import", "notes", one])
        let garbage = place.file("garbage")
        #expect(FileManager.default.createFile(atPath: garbage, contents: Data([9, 9, 9])))
        let cases: [([String], Int32)] = [
            (["doc", "import", "notes", garbage], 65), (["doc", "import", "a b", one], 65),
            (["doc", "import", "notes", one, "--author", ""], 65),
            (["doc", "import", "notes", place.file("nothing")], 66),
            (["doc", "export", "notes", one], 73),
            (["doc", "export", "none", place.file("none")], 66),
            (["doc", "inspect", "none"], 66),
        ]
        for (arguments, code) in cases {
            let outcome = try run(arguments)
            #expect(outcome.code == code, "\(arguments): \(outcome.complaints)")
            #expect(outcome.complaints.contains("martlet: "))
            #expect(outcome.output.isEmpty)
        }
        #expect(try martlet(["doc", "inspect"]).split(separator: "\n").count == 1)
    }
}
