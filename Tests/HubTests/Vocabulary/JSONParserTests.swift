import Foundation
import Testing

@testable import Hub

@Suite("Reading JSON")
struct JSONParserTests {
    private func parse(_ text: String) throws -> JSON { try JSONParser.parse(Array(text.utf8)) }

    private static let readable: [(String, JSON)] = [
        ("null", JSON.null), (" true\n", true), ("false", false), ("0", 0), ("-0", 0),
        ("-1", -1), ("9223372036854775807", .int(.max)),
        ("-9223372036854775808", .int(.min)),
        ("9223372036854775808", .double(9_223_372_036_854_775_808)),
        ("1.5", .double(1.5)), ("-0.25e2", .double(-25)), ("1E+2", .double(100)),
        ("1e-2", .double(0.01)), ("\"\"", ""), ("\"a\"", "a"),
        (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"), (#""\u00e9""#, "é"),
        (#""\uD83D\uDE00""#, "😀"), (#""é😀""#, "é😀"), (#""\u0000""#, "\u{0}"),
        (#""\ud83d""#, "\u{FFFD}"), (#""\ude00x""#, "\u{FFFD}x"),
        (#""\ud83d\u0041""#, "\u{FFFD}A"), (#""\ud83dx""#, "\u{FFFD}x"),
        ("[]", []), ("[ ]", []), ("{}", .object([])), ("[1,[2],{}]", [1, [2], .object([])]),
        ("\t{ \"a\" : 1 , \"b\" : [ ] }\r\n", ["a": 1, "b": []]),
        (#"{"a":1,"a":2}"#, ["a": 1, "a": 2]), (#"{"":null}"#, ["": .null]),
    ]

    @Test("A value of RFC 8259 is read", arguments: readable)
    func accepts(text: String, value: JSON) throws {
        #expect(try parse(text) == value)
    }

    @Test(
        "What is not JSON is refused",
        arguments: [
            "", " ", "nul", "nulll", "True", "+1", "01", "-", "-a", "1.", ".5", "1e", "1e+", "1.e1",
            "1e999", "0x1", "NaN", "Infinity", "\"", "\"a", "\"\\", "\"\\x\"", "\"\\u12\"",
            "\"\\u12g4\"", "\"\\ud83d\\u12\"", "\"a\nb\"", "\"\u{1f}\"", "\"\\n\u{1}\"", "[", "[1",
            "[1,",
            "[1,]", "[,1]", "[1 2]", "{", "{a:1}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{1:2}",
            "{\"a\" 1}", "]", "}", "[}", "{]", "1 2", "'a'", "/* */1", "\u{FEFF}1", "[1]]",
        ]
    )
    func refuses(text: String) {
        let rejection = #expect(throws: Rejection.self) { try parse(text) }
        #expect(rejection?.code == .badRequest)
    }

    @Test("Nesting is bounded, so that no input can use up the stack")
    func depth() throws {
        let deepest = JSONParser.depthMaximum
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        _ = try parse(nested(deepest))
        #expect(throws: Rejection.self) { try parse(nested(deepest + 1)) }
        #expect(throws: Rejection.self) { try parse(String(repeating: "[", count: 1_000_000)) }
        #expect(throws: Rejection.self) {
            try parse(String(repeating: "{\"a\":", count: 100_000))
        }
    }

    @Test("A text cut at any byte is refused, and never read beyond")
    func cut() throws {
        let text = #"{"a":[1,-2.5e3,"x\u00e9\ud83d\ude00\n",true,false,null],"b":{"c":"é"}}"#
        let bytes = Array(text.utf8)
        _ = try JSONParser.parse(bytes)
        for count in 0..<bytes.count {
            #expect(throws: Rejection.self) { try JSONParser.parse(Array(bytes[..<count])) }
        }
    }

    @Test("Bytes at random and texts with a byte changed are read as Foundation reads them")
    func fuzz() throws {
        var dice = Dice(seed: 8259)
        let alphabet = Array(#"{}[]:,"\/ue0123456789.-+ntrflasE "#.utf8)
        let seed = Array(#"{"a":[1,-2.5e3,"x\u00e9\n"],"b":{"c":true,"d":null}}"#.utf8)
        for round in 0..<20_000 {
            var bytes = seed
            if round % 2 == 0 {
                bytes = (0..<dice.roll(1..<12)).map { _ in alphabet[dice.roll(0..<alphabet.count)] }
            } else {
                for _ in 0..<dice.roll(1..<4) {
                    bytes[dice.roll(0..<bytes.count)] = alphabet[dice.roll(0..<alphabet.count)]
                }
            }
            compare(bytes)
        }
    }

    /// Foundation takes a few things that RFC 8259 forbids; those are left out of the comparison.
    private func compare(_ bytes: [UInt8]) {
        let options: JSONSerialization.ReadingOptions = [.fragmentsAllowed]
        let expected = try? JSONSerialization.jsonObject(with: Data(bytes), options: options)
        guard let value = try? JSONParser.parse(bytes) else {
            let text = String(decoding: bytes, as: UTF8.self)
            let isLenience =
                text.contains("e999") || expected is NSNumber || hasSurrogate(text)
                || hasHugeNumber(text)
            #expect(expected == nil || isLenience, "Foundation reads \(text)")
            return
        }
        guard let expected else {
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(hasSurrogate(text) || hasHugeNumber(text), "Foundation refuses \(text)")
            return
        }
        guard !hasDuplicateNames(value) else { return }
        #expect(isEqual(value, expected), "\(String(decoding: bytes, as: UTF8.self))")
    }

    private func hasSurrogate(_ text: String) -> Bool {
        text.lowercased().contains("\\ud")
    }

    private func hasHugeNumber(_ text: String) -> Bool {
        text.contains { $0 == "e" || $0 == "E" } && text.contains(where: \.isNumber)
    }

    private func hasDuplicateNames(_ value: JSON) -> Bool {
        switch value {
        case .object(let members):
            Set(members.map(\.key)).count < members.count
                || members.contains { hasDuplicateNames($0.value) }
        case .array(let values): values.contains(where: hasDuplicateNames)
        default: false
        }
    }

    private func isEqual(_ value: JSON, _ expected: Any) -> Bool {
        switch value {
        case .null: expected is NSNull
        case .bool(let bool): (expected as? Bool) == bool
        case .int(let int): (expected as? NSNumber)?.int64Value == int
        case .double(let double): (expected as? NSNumber)?.doubleValue == double
        case .string(let string): (expected as? String) == string
        case .array(let values):
            (expected as? [Any]).map { others in
                others.count == values.count && zip(values, others).allSatisfy(isEqual)
            } ?? false
        case .object(let members):
            (expected as? [String: Any]).map { others in
                others.count == members.count
                    && members.allSatisfy { member in
                        others[member.key].map { isEqual(member.value, $0) } ?? false
                    }
            } ?? false
        case .raw, .bytes: false
        }
    }
}
