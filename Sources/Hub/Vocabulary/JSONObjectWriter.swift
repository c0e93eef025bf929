/// Writes one JSON object straight into bytes, without a tree: for what is encoded often.
///
/// Names are literals of ours and written as they are; values are escaped.
package struct JSONObjectWriter: ~Copyable {
    private var bytes: [UInt8] = []

    package init(reserving capacity: Int = 160) {
        bytes.reserveCapacity(capacity)
        bytes.append(UInt8(ascii: "{"))
    }

    package mutating func write(_ name: StaticString, _ value: String) {
        begin(name)
        JSON.encode(value, into: &bytes)
    }

    package mutating func write(_ name: StaticString, _ value: Int64) {
        begin(name)
        JSON.encode(value, into: &bytes)
    }

    package mutating func write(_ name: StaticString, _ value: Bool) {
        begin(name)
        bytes.append(contentsOf: value ? "true".utf8 : "false".utf8)
    }

    package mutating func writeNull(_ name: StaticString) {
        begin(name)
        bytes.append(contentsOf: "null".utf8)
    }

    package mutating func write(_ name: StaticString, _ values: [String]) {
        begin(name)
        Self.encode(values, into: &bytes)
    }

    /// A value of any shape; `JSON.raw` is what is encoded already.
    package mutating func write(_ name: StaticString, _ value: JSON) {
        begin(name)
        value.encode(into: &bytes)
    }

    /// A record's id: a decimal string, quoted because JavaScript's numbers end at 2^53.
    package mutating func write(_ name: StaticString, _ id: RecordID) {
        begin(name)
        bytes.append(UInt8(ascii: "\""))
        JSON.encode(id.number, into: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Milliseconds since 1970.
    package mutating func write(_ name: StaticString, _ time: Timestamp) {
        write(name, time.milliseconds)
    }

    /// What `write` appends after the name is up to the caller: exactly one JSON value.
    package mutating func write(_ name: StaticString, with write: (inout [UInt8]) -> Void) {
        begin(name)
        write(&bytes)
    }

    package consuming func finish() -> [UInt8] {
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    /// An array of strings, for values that are written by hand.
    package static func encode(_ values: [String], into bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "["))
        for (index, value) in values.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            JSON.encode(value, into: &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func begin(_ name: StaticString) {
        if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
        bytes.append(UInt8(ascii: "\""))
        name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }
}
