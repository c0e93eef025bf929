/// Brings labels into the canonical form (see `Labels`), in memory that is used again.
package struct LabelsBuilder: Sendable {
    package let limits: LabelLimits
    /// The labels as they were added, each in its canonical form, and room behind them.
    private(set) var storage: [UInt8]
    /// How much of the storage is in use.
    package private(set) var count = 0
    private var order = LabelOrder()
    /// What went wrong first.
    private var fault: LabelFault?

    package init(limits: LabelLimits = LabelLimits()) {
        self.limits = limits
        storage = [UInt8](repeating: 0, count: 1024)
    }

    package mutating func removeAll() {
        count = 0
        order = LabelOrder()
        fault = nil
    }

    /// Adds a label whose name and value are these bytes of their sources: without it if the value
    /// is empty, for that is the same as no label.
    package mutating func append(
        name: Range<Int>,
        of nameSource: RawSpan,
        value: Range<Int>,
        of valueSource: RawSpan
    ) {
        guard fault == nil, !value.isEmpty else { return }
        guard !name.isEmpty else { return refuse(.emptyLabelName) }
        guard order.labels < limits.labelsMaximum else { return refuse(.tooManyLabels) }
        guard name.count <= limits.nameBytesMaximum, value.count <= limits.valueBytesMaximum else {
            return refuse(.labelTooLong)
        }
        makeRoom(name.count + value.count)
        put(nameSource, name)
        let appended = count - name.count..<count
        put(valueSource, value)
        let prefix = LabelOrder.prefix(storage.span.bytes, appended.lowerBound, name.count)
        guard prefix <= order.lastPrefix else { return order.note(appended, prefix) }
        let comparison = LabelOrder.compare(storage, order.lastName, appended)
        if comparison == .same { refuse(.duplicateLabel) }
        order.note(appended, prefix, comparison)
    }

    package mutating func append(
        name: Range<Int>,
        of names: [UInt8],
        value: Range<Int>,
        of values: [UInt8]
    ) {
        append(name: name, of: names.span.bytes, value: value, of: values.span.bytes)
    }

    package mutating func append(name: String, value: String) {
        let (name, value) = (Array(name.utf8), Array(value.utf8))
        append(name: name.indices, of: name, value: value.indices, of: value)
    }

    private mutating func refuse(_ reason: LabelFault) {
        fault = reason
    }

    /// Puts the labels in their order. Afterwards the first `count` bytes are canonical.
    package mutating func finish() throws(LabelFault) {
        if let fault { throw fault }
        if !order.isSorted { try sort() }
        guard order.hasName else { throw .missingName }
        guard isASCII || isText else { throw .invalidText }
    }

    /// After `finish`.
    package var canonical: Labels {
        Labels(canonical: Array(storage[..<count]))
    }

    // MARK: - Bytes

    /// Room for the bytes, their lengths, and a block that is copied too much.
    private mutating func makeRoom(_ more: Int) {
        let needed = count + more + 2 * MutableRawSpan.block + 2 * 10
        if storage.count < needed { grow(to: needed) }
    }

    @inline(never)
    private mutating func grow(to needed: Int) {
        let added = max(needed, storage.count * 2) - storage.count
        storage.append(contentsOf: repeatElement(0, count: added))
    }

    /// A length and the bytes.
    private mutating func put(_ source: RawSpan, _ field: Range<Int>) {
        var length = field.count
        while length >= 0x80 {
            storage[count] = UInt8(truncatingIfNeeded: length) | 0x80
            count += 1
            length >>= 7
        }
        storage[count] = UInt8(truncatingIfNeeded: length)
        let place = count + 1
        count = place + field.count
        var span = storage.mutableSpan
        var bytes = span.mutableBytes
        bytes.copy(source, field.lowerBound, to: place, count: field.count)
    }

    /// Adds the labels that a TimeSeries message begins with, and answers where it stopped: at
    /// what is no label, or at one that wants a closer look, with `append`. Nearly all labels are
    /// plain: tag, length, name's tag, length, name, value's tag, length, value; lengths of one
    /// byte, names rising. Then a length and what it is of are copied as they are.
    mutating func appendPlainLabels(_ source: RawSpan, _ message: Range<Int>) -> Int {
        makeRoom(message.count)
        var (from, at, order) = (message.lowerBound, count, order)
        let limits = limits
        var span = storage.mutableSpan
        var bytes = span.mutableBytes
        let plainEnd = min(message.upperBound, source.byteCount &- MutableRawSpan.block)
        while from &+ 8 <= plainEnd, order.labels < limits.labelsMaximum {
            let head = source.unsafeLoadUnaligned(fromByteOffset: from, as: UInt32.self)
                .littleEndian
            let end = from &+ 2 &+ Int(head &>> 8 & 0x7F)
            let name = Int(head &>> 24)
            let neck = from &+ 4 &+ name
            guard head & 0x80FF_80FF == 0x000A_000A, end <= plainEnd, neck &+ 2 < end else { break }
            let link = source.unsafeLoadUnaligned(fromByteOffset: neck, as: UInt16.self)
                .littleEndian
            let value = Int(link &>> 8)
            guard link & 0x80FF == 0x0012, neck &+ 2 &+ value == end, name > 0,
                name <= limits.nameBytesMaximum, value <= limits.valueBytesMaximum
            else { break }
            let prefix = LabelOrder.prefix(source, from &+ 4, name)
            guard prefix > order.lastPrefix else { break }
            order.note(at &+ 1..<at &+ 1 &+ name, prefix)
            bytes.copyBlocks(source, from &+ 3, to: at, count: name &+ 1)
            at &+= name &+ 1
            bytes.copyBlocks(source, neck &+ 1, to: at, count: value &+ 1)
            at &+= value &+ 1
            from = end
        }
        count = at
        self.order = order
        return from
    }

    // MARK: - Order

    private mutating func sort() throws(LabelFault) {
        var ranges: [(name: Range<Int>, all: Range<Int>)] = []
        var end = 0
        while end < count {
            let start = end
            let name = field(&end)
            _ = field(&end)
            ranges.append((name, start..<end))
        }
        let unsorted = storage
        ranges.sort { LabelOrder.compare(unsorted, $0.name, $1.name) == .rising }
        for (one, next) in zip(ranges, ranges.dropFirst()) {
            let comparison = LabelOrder.compare(unsorted, one.name, next.name)
            guard comparison == .rising else { throw .duplicateLabel }
        }
        var at = 0
        for range in ranges {
            storage.replaceSubrange(at..<at + range.all.count, with: unsorted[range.all])
            at += range.all.count
        }
    }

    /// Where a field's bytes are that begins here; steps behind it.
    private func field(_ at: inout Int) -> Range<Int> {
        var length = 0
        var shift = 0
        while true {
            let byte = storage[at]
            at += 1
            length |= Int(byte & 0x7F) << shift
            guard byte & 0x80 != 0 else { break }
            shift += 7
        }
        defer { at += length }
        return at..<at + length
    }

    // MARK: - Text

    /// Lengths below 128 are ASCII too, so one look at all bytes answers for nearly all series.
    private var isASCII: Bool {
        let bytes = storage.span.bytes
        var at = 0
        var all = SIMD2<UInt64>(repeating: 0)
        while at &+ 16 <= count {
            all |= bytes.unsafeLoadUnaligned(fromByteOffset: at, as: SIMD2<UInt64>.self)
            at &+= 16
        }
        var rest: UInt8 = 0
        while at < count {
            rest |= bytes.unsafeLoad(fromByteOffset: at, as: UInt8.self)
            at &+= 1
        }
        return (all[0] | all[1]) & 0x8080_8080_8080_8080 == 0 && rest < 0x80
    }

    private var isText: Bool {
        var at = 0
        while at < count {
            let range = field(&at)
            guard (try? UTF8Span(validating: storage.span.extracting(range))) != nil else {
                return false
            }
        }
        return true
    }
}
