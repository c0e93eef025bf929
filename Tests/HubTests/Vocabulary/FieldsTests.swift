import Testing

@testable import Hub

@Suite("Fields of a command")
struct FieldsTests {
    private let command: JSON = [
        "data": [
            "text": "a", "line": "a\nb", "zero": "\u{0}", "flag": true, "number": 7,
            "half": .double(0.5),
            "whole": .double(3), "none": .null, "id": "42", "user": "ada", "space": "a ",
            "list": ["ada", "bob", "ada"], "mixed": ["ada", 1], "long": ["a", "b", "c"],
        ]
    ]

    private func refusal(_ read: (Fields) throws -> Void) throws -> Rejection? {
        let fields = try Fields(dataOf: command)
        return #expect(throws: Rejection.self) { try read(fields) }
    }

    @Test("Fields of the right type and within their bounds are read")
    func reads() throws {
        let fields = try Fields(dataOf: command)
        #expect(try fields.string("text") == "a")
        #expect(try fields.optionalString("none") == nil)
        #expect(try fields.optionalString("missing") == nil)
        #expect(try fields.optionalText("line", bytesMaximum: 3, hasLines: true) == "a\nb")
        #expect(try fields.optionalBool("flag") == true)
        #expect(try fields.int("number", in: 7...7) == 7)
        #expect(try fields.int("whole", in: 0...9) == 3)
        #expect(try fields.recordID("id") == RecordID(42))
        #expect(try fields.user("user") == "ada")
        #expect(try fields.users("list", maximum: 3) == ["ada", "bob"])
        #expect(try fields.users("missing", maximum: 3) == [])
        #expect(try fields.limit(default: 50, maximum: 200) == 50)
        #expect(try fields.optionalTime("number") == Timestamp(milliseconds: 7))
    }

    @Test("A refusal is a bad request that names its field")
    func names() throws {
        let refusals: [(String, (Fields) throws -> Void)] = [
            ("missing", { _ = try $0.string("missing") }),
            ("none", { _ = try $0.string("none") }),
            ("number", { _ = try $0.string("number") }),
            ("line", { _ = try $0.optionalText("line", bytesMaximum: 9) }),
            ("zero", { _ = try $0.optionalText("zero", bytesMaximum: 9, hasLines: true) }),
            ("line", { _ = try $0.optionalText("line", bytesMaximum: 2, hasLines: true) }),
            ("text", { _ = try $0.optionalBool("text") }),
            ("number", { _ = try $0.int("number", in: 0...6) }),
            ("half", { _ = try $0.int("half", in: 0...6) }),
            ("text", { _ = try $0.recordID("text") }),
            ("space", { _ = try $0.user("space") }),
            ("mixed", { _ = try $0.users("mixed", maximum: 9) }),
            ("text", { _ = try $0.users("text", maximum: 9) }),
        ]
        for (name, read) in refusals {
            let rejection = try refusal(read)
            #expect(rejection?.code == .badRequest)
            #expect(rejection?.message.hasPrefix("data.\(name): ") == true, "\(name)")
        }
        #expect(try refusal { _ = try $0.users("long", maximum: 2) }?.code == .tooLarge)
        #expect(throws: Rejection.self) { try Fields(dataOf: ["data": 1]) }
    }

    @Test("A user id is printable ASCII without spaces at its ends, of at most 128 bytes")
    func users() {
        #expect(Principal.isUser("auth0|5f7c"))
        #expect(Principal.isUser("a@b c~%d"))
        #expect(Principal.isUser(String(repeating: "x", count: 128)))
        for text in [
            "", " ", " a", "a ", "a\u{7f}", "é", "a\n", String(repeating: "x", count: 129),
            // Escaped it would be longer than a topic id.
            String(repeating: "|", count: 84),
        ] {
            #expect(!Principal.isUser(text))
        }
    }
}
