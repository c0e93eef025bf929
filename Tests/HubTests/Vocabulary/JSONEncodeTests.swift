import Foundation
import Testing

@testable import Hub

@Suite("Writing JSON")
struct JSONEncodeTests {
    private static let written: [(JSON, String)] = [
        (JSON.null, "null"), (true, "true"), (false, "false"), (0, "0"), (-1, "-1"), (10, "10"),
        (.int(.min), "-9223372036854775808"), (.int(.max), "9223372036854775807"),
        (.double(1.5), "1.5"), (.double(.nan), "null"), (.double(.infinity), "null"),
        (.string("a\"\\\n\r\t\u{1}\u{7f}é😀/"), "\"a\\\"\\\\\\n\\r\\t\\u0001\u{7f}é😀/\""),
        ([], "[]"), (.object([]), "{}"), ([1, "a", []], #"[1,"a",[]]"#),
        (["a": 1, "b": ["c": .null]], #"{"a":1,"b":{"c":null}}"#),
        (["a": .raw(Array("[1,2]".utf8))], #"{"a":[1,2]}"#),
        (["\"": 1], #"{"\"":1}"#),
    ]

    @Test("A value is written without white space", arguments: written)
    func writes(value: JSON, text: String) {
        #expect(String(decoding: value.encoded(), as: UTF8.self) == text)
    }

    @Test("Trees at random survive a round trip, and Foundation can read them")
    func roundTrip() throws {
        var dice = Dice(seed: 4627)
        for _ in 0..<2000 {
            let value = tree(depth: 0, &dice)
            let bytes = value.encoded()
            #expect(try JSONParser.parse(bytes) == value)
            let options: JSONSerialization.ReadingOptions = [.fragmentsAllowed]
            _ = try JSONSerialization.jsonObject(with: Data(bytes), options: options)
        }
    }

    @Test("A writer without a tree writes the same object")
    func writer() {
        var object = JSONObjectWriter()
        object.write("text", "a\"\n")
        object.write("int", Int64.min)
        object.write("bool", true)
        object.writeNull("null")
        object.write("list", ["a", "\\"])
        object.write("id", RecordID(42))
        object.write("time", Timestamp(milliseconds: 7))
        object.write("json", ["x": 1] as JSON)
        let tree: JSON = [
            "text": "a\"\n", "int": .int(.min), "bool": true, "null": .null, "list": ["a", "\\"],
            "id": "42", "time": 7, "json": ["x": 1],
        ]
        #expect(object.finish() == tree.encoded())
        #expect(JSONObjectWriter().finish() == Array("{}".utf8))
    }

    private func tree(depth: Int, _ dice: inout Dice) -> JSON {
        switch dice.roll(0..<(depth < 4 ? 8 : 6)) {
        case 0: return .null
        case 1: return .bool(dice.roll(0..<2) == 0)
        case 2: return .int(Int64(bitPattern: dice.next()))
        case 3: return .double(Double(dice.roll(-1000..<1000)) + 0.5)
        case 4, 5: return .string(text(&dice))
        case 6: return .array((0..<dice.roll(0..<5)).map { _ in tree(depth: depth + 1, &dice) })
        default:
            return .object(
                (0..<dice.roll(0..<5)).map { index in
                    JSON.Member(text(&dice) + "\(index)", tree(depth: depth + 1, &dice))
                }
            )
        }
    }

    private func text(_ dice: inout Dice) -> String {
        var text = ""
        for _ in 0..<dice.roll(0..<12) {
            let number = UInt32(
                dice.roll(0..<4) == 0 ? dice.roll(0..<0x11_0000) : dice.roll(0..<128)
            )
            if let scalar = Unicode.Scalar(number) { text.unicodeScalars.append(scalar) }
        }
        return text
    }
}
