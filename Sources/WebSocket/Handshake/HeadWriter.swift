/// Writes a head, line by line.
struct HeadWriter {
    private var bytes: [UInt8] = []

    init(startLine: String) {
        append(line: startLine)
    }

    mutating func append(_ name: String, _ value: String) {
        append(line: name + ": " + value)
    }

    /// The empty line behind the last field.
    mutating func finish() -> [UInt8] {
        append(line: "")
        return bytes
    }

    /// What would end the line early becomes a blank: no value can smuggle in a field of its own.
    private mutating func append(line: String) {
        for byte in line.utf8 {
            let isLegal = byte >= 0x20 && byte != 0x7F || byte == UInt8(ascii: "\t")
            bytes.append(isLegal ? byte : UInt8(ascii: " "))
        }
        bytes.append(UInt8(ascii: "\r"))
        bytes.append(UInt8(ascii: "\n"))
    }
}
