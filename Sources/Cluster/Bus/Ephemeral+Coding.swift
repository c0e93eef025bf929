import Hub

/// Ephemeral events as bytes. The connection that is not to get it is none of the other nodes'.
extension Ephemeral {
    private static let begins: UInt8 = 1
    private static let ends: UInt8 = 2
    private static let hasBinary: UInt8 = 4
    private static let hasStateKey: UInt8 = 8
    private static let forSender: UInt8 = 16

    func write(to writer: inout BusWriter) {
        var flags: UInt8 = isForSender ? Self.forSender : 0
        if binary != nil { flags |= Self.hasBinary }
        if stateKey != nil { flags |= Self.hasStateKey }
        switch change {
        case .none: break
        case .begins: flags |= Self.begins
        case .ends: flags |= Self.ends
        }
        writer.write(flags)
        writer.write(event)
        writer.write(author)
        writer.write(at)
        writer.write(payload)
        if let binary { writer.write(binary) }
        if let stateKey { writer.write(stateKey) }
        switch change {
        case .none: break
        case .begins(let lapse):
            writer.write(lapse.key)
            writer.write(UInt64(max(0, lapse.after.milliseconds)))
            writer.write(lapse.payload)
        case .ends(let key): writer.write(key)
        }
    }

    init?(from reader: inout BusReader) {
        guard let flags = reader.byte(), let event = reader.text(), let author = reader.text(),
            let at = reader.time(), let payload = reader.run()
        else { return nil }
        let binary = flags & Self.hasBinary == 0 ? nil : reader.run()
        let stateKey = flags & Self.hasStateKey == 0 ? nil : reader.text()
        guard let change = Self.change(flags, &reader),
            (binary != nil) == (flags & Self.hasBinary != 0),
            (stateKey != nil) == (flags & Self.hasStateKey != 0)
        else { return nil }
        self.init(
            event: event,
            author: author,
            at: at,
            payload: payload,
            binary: binary,
            change: change,
            stateKey: stateKey,
            isForSender: flags & Self.forSender != 0
        )
    }

    private static func change(_ flags: UInt8, _ reader: inout BusReader) -> Change? {
        switch flags & (begins | ends) {
        case 0: return Change.none
        case begins:
            guard let key = reader.text(), let after = reader.number(), after <= 3_600_000,
                let payload = reader.run()
            else { return nil }
            return .begins(Lapse(key: key, after: .milliseconds(Int64(after)), payload: payload))
        case ends: return reader.text().map { .ends(key: $0) }
        default: return nil
        }
    }
}
