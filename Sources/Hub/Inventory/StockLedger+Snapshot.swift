/// An item's state as a snapshot holds it.
extension StockLedger {
    private static let form: Int64 = 1

    package func snapshot() -> [UInt8] {
        let (active, lapsed, finished) = (holds.all, lapsed.all, finished.all)
        let count = holds.count + lapsed.count + finished.count
        var data = JSONObjectWriter(reserving: 160 + 72 * count)
        data.write("version", Self.form)
        data.write("onHand", onHand)
        data.write("lowStock", lowStock)
        data.write("records", version)
        data.write("clock", clock)
        data.write("holds") { Self.write(active.sorted { $0.id < $1.id }, into: &$0) }
        data.write("lapsed") { Self.write(lapsed.map(\.hold), into: &$0) }
        let sold = finished.filter { $0.outcome == .committed }.map(\.hold.id.description)
        data.write("sold", sold)
        data.write("finished") { Self.write(finished.map(\.hold), into: &$0) }
        return data.finish()
    }

    /// Each as `["id","holder",named,quantity,expiry]`.
    private static func write(_ holds: [Hold], into bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "["))
        for (index, hold) in holds.enumerated() {
            bytes.append(contentsOf: index > 0 ? ",[\"".utf8 : "[\"".utf8)
            JSON.encode(hold.id.number, into: &bytes)
            bytes.append(contentsOf: "\",".utf8)
            JSON.encode(hold.holder.name, into: &bytes)
            bytes.append(contentsOf: hold.holder.isNamed ? ",true,".utf8 : ",false,".utf8)
            JSON.encode(hold.quantity, into: &bytes)
            bytes.append(UInt8(ascii: ","))
            JSON.encode(hold.expiresAt.milliseconds, into: &bytes)
            bytes.append(UInt8(ascii: "]"))
        }
        bytes.append(UInt8(ascii: "]"))
    }

    package init?(topic: TopicID, snapshot: [UInt8]) {
        self.init(topic: topic)
        guard let state = try? JSONParser.parse(snapshot), state["version"]?.int == Self.form,
            let onHand = state["onHand"]?.int, Self.quantities.contains(onHand),
            let lowStock = state["lowStock"]?.int, Self.quantities.contains(lowStock),
            let version = state["records"]?.int, version >= 0,
            let clock = state["clock"]?.timestamp,
            let active = Self.read(state["holds"]), let lapsed = Self.read(state["lapsed"]),
            let finished = Self.read(state["finished"]), let sold = state["sold"]?.strings
        else { return nil }
        self.onHand = onHand
        self.lowStock = lowStock
        self.version = version
        self.clock = clock
        for hold in active { holds.put(hold) }
        guard holds.quantity <= onHand else { return nil }
        for hold in lapsed { self.lapsed.add(hold, .lapsed) }
        let ids = Set(sold.compactMap { RecordID($0) })
        for hold in finished {
            self.finished.add(hold, ids.contains(hold.id) ? .committed : .released)
        }
    }

    private static func read(_ value: JSON?) -> [Hold]? {
        guard let entries = value?.array else { return nil }
        var holds: [Hold] = []
        holds.reserveCapacity(entries.count)
        for entry in entries {
            guard let fields = entry.array, fields.count == 5, let id = fields[0].recordID,
                let name = fields[1].string, let isNamed = fields[2].bool,
                let quantity = fields[3].int, quantities.contains(quantity),
                let expiresAt = fields[4].timestamp
            else { return nil }
            let holder = Holder(name: name, isNamed: isNamed)
            holds.append(Hold(id: id, holder: holder, quantity: quantity, expiresAt: expiresAt))
        }
        return holds
    }
}
