import CRDT
import Foundation

/// JSON as the drivers read it. Values that JSON has no word for are objects of one key.
enum ScriptJSON {
    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case "\u{0}"..."\u{1F}":
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    static func base64(_ bytes: [UInt8]) -> String {
        "\"" + Data(bytes).base64EncodedString() + "\""
    }

    static func list(_ elements: [String]) -> String {
        "[" + elements.joined(separator: ",") + "]"
    }

    static func text(of value: YValue) -> String {
        switch value {
        case .undefined: "{\"undefined\":1}"
        case .null: "null"
        case .bool(let flag): "\(flag)"
        case .integer(let number): "\(number)"
        case .float(let number): "{\"float\":\"\(Canonical.hex(of: number))\"}"
        case .float32(let number): "{\"float\":\"\(Canonical.hex(of: Double(number)))\"}"
        case .bigint(let number): "{\"bigint\":\"\(number)\"}"
        case .string(let string): quoted(string)
        case .bytes(let bytes): "{\"bytes\":\(base64(bytes))}"
        case .array(let values): list(values.map(text))
        case .object(let members): "{\"object\":\(text(of: members))}"
        }
    }

    static func text(of members: [YMember]) -> String {
        list(members.map { list([quoted($0.key), text(of: $0.value)]) })
    }
}
