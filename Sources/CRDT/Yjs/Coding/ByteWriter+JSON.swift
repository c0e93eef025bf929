/// JSON text as JavaScript writes it.
extension ByteWriter {
    mutating func writeJSON(_ value: YValue) {
        switch value {
        case .undefined, .null: writeWord("null")
        case .bool(let flag): writeWord(flag ? "true" : "false")
        case .integer(let integer): writeWord(String(integer))
        case .bigint(let integer): writeWord(String(integer))
        case .float(let number): writeWord(YValue.spell(number))
        case .float32(let number): writeWord(YValue.spell(Double(number)))
        case .string(let text): writeJSONString(text)
        case .bytes(let content):
            // What JSON.stringify makes of a Uint8Array.
            writeJSON(
                .object(
                    content.enumerated().map {
                        YMember(key: String($0.offset), value: .integer(Int($0.element)))
                    }
                )
            )
        case .array(let elements):
            write(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { write(UInt8(ascii: ",")) }
                writeJSON(element)
            }
            write(UInt8(ascii: "]"))
        case .object(let members):
            write(UInt8(ascii: "{"))
            var isFirst = true
            for member in members where member.value != .undefined {
                if !isFirst { write(UInt8(ascii: ",")) }
                isFirst = false
                writeJSONString(member.key)
                write(UInt8(ascii: ":"))
                writeJSON(member.value)
            }
            write(UInt8(ascii: "}"))
        }
    }

    private mutating func writeWord(_ word: String) {
        writeRaw(word)
    }

    private mutating func writeJSONString(_ text: String) {
        write(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): writeWord("\\\"")
            case UInt8(ascii: "\\"): writeWord("\\\\")
            case 0x08: writeWord("\\b")
            case 0x09: writeWord("\\t")
            case 0x0A: writeWord("\\n")
            case 0x0C: writeWord("\\f")
            case 0x0D: writeWord("\\r")
            case 0..<0x20:
                let hex = String(byte, radix: 16)
                writeWord("\\u00" + (hex.count < 2 ? "0" + hex : hex))
            default: write(byte)
            }
        }
        write(UInt8(ascii: "\""))
    }
}
