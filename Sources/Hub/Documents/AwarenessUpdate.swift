/// What clients tell each other of themselves, as y-protocols writes it: for each client a clock
/// and a state in JSON, or null for one that is gone.
package struct AwarenessUpdate: Sendable, Hashable {
    package struct Entry: Sendable, Hashable {
        package var client: UInt64
        package var clock: UInt64
        /// A JSON value; nil for a client that is gone.
        package var state: [UInt8]?

        package init(client: UInt64, clock: UInt64, state: [UInt8]?) {
            self.client = client
            self.clock = clock
            self.state = state
        }
    }

    package var entries: [Entry]

    package static let entriesMaximum = 1024
    package static let stateBytesMaximum = 16 << 10
    /// Client ids are JavaScript's integers.
    private static let numberMaximum: UInt64 = (1 << 53) - 1

    package init(entries: [Entry]) {
        self.entries = entries
    }

    package init(_ bytes: [UInt8]) throws(Rejection) {
        var index = 0
        let count = try Self.number(bytes, &index)
        guard count <= UInt64(Self.entriesMaximum) else {
            throw Rejection(.tooLarge, "Awareness has at most \(Self.entriesMaximum) clients.")
        }
        entries = []
        for _ in 0..<count {
            let client = try Self.number(bytes, &index)
            let clock = try Self.number(bytes, &index)
            let length = try Self.number(bytes, &index)
            guard length <= UInt64(bytes.count - index) else { throw Self.malformed }
            guard length <= UInt64(Self.stateBytesMaximum) else {
                throw Rejection(.tooLarge, "A state has at most \(Self.stateBytesMaximum) bytes.")
            }
            let json = Array(bytes[index..<index + Int(length)])
            index += Int(length)
            // What is not JSON would throw in every other client.
            guard String(validating: json, as: UTF8.self) != nil else { throw Self.malformed }
            let value = try JSONParser.parse(json)
            entries.append(Entry(client: client, clock: clock, state: value.isNull ? nil : json))
        }
        guard index == bytes.count else { throw Self.malformed }
    }

    package func encoded() -> [UInt8] {
        var bytes: [UInt8] = []
        Self.append(UInt64(entries.count), to: &bytes)
        for entry in entries {
            let state = entry.state ?? Array("null".utf8)
            Self.append(entry.client, to: &bytes)
            Self.append(entry.clock, to: &bytes)
            Self.append(UInt64(state.count), to: &bytes)
            bytes += state
        }
        return bytes
    }

    /// The states, for clients that read JSON.
    package var json: JSON {
        .array(
            entries.map { entry in
                [
                    "clientId": .int(Int64(clamping: entry.client)),
                    "clock": .int(Int64(clamping: entry.clock)),
                    "state": entry.state.map { .raw($0) } ?? .null,
                ]
            }
        )
    }

    private static let malformed = Rejection(.badRequest, "The awareness update is malformed.")

    private static func number(_ bytes: [UInt8], _ index: inout Int) throws(Rejection) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), through: 49, by: 7) {
            guard index < bytes.count else { throw malformed }
            let byte = bytes[index]
            index += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 {
                guard value <= numberMaximum else { throw malformed }
                return value
            }
        }
        throw malformed
    }

    private static func append(_ value: UInt64, to bytes: inout [UInt8]) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }
}
