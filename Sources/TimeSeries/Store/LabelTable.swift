/// Finds series by the bytes of their labels, and has these bytes.
///
/// Open addressing with linear probing; an entry is half a hash and the slot. The bytes of all
/// series are one run, which is written anew when most of it belongs to series that are gone.
struct LabelTable: Sendable {
    private struct Place {
        var start: UInt32
        /// Zero where the slot is free.
        var count: UInt32
    }

    /// So that nobody can make labels that all fall into one place.
    private static let seed = UInt64.random(in: .min ... .max)

    private var bytes: [UInt8] = []
    private var gone = 0
    private var places: [Place] = []
    /// A slot and one, below half of its hash; zero where nothing is.
    private var table = [UInt64](repeating: 0, count: 16)
    private(set) var count = 0
    private(set) var free: [UInt32] = []

    /// Slots are below that.
    var slots: Int { places.count }

    func isFree(_ slot: Int) -> Bool { places[slot].count == 0 }

    /// The slot of the series with these labels. `hint` is tried first: senders keep an order.
    func find(_ other: [UInt8], _ range: Range<Int>, hint: Int = -1) -> Int? {
        if hint >= 0, hint < places.count, isSame(hint, other, range) { return hint }
        let hash = Self.hash(other, range)
        let mask = table.count - 1
        var index = Int(hash) & mask
        while table[index] != 0 {
            let entry = table[index]
            if UInt32(truncatingIfNeeded: entry >> 32) == hash {
                let slot = Int(UInt32(truncatingIfNeeded: entry)) - 1
                if isSame(slot, other, range) { return slot }
            }
            index = (index + 1) & mask
        }
        return nil
    }

    /// Takes a series in that is not there; nil when there is no place for its bytes.
    mutating func insert(_ other: [UInt8], _ range: Range<Int>) -> Int? {
        guard bytes.count + range.count < Int(UInt32.max), places.count < Int(UInt32.max) - 1
        else { return nil }
        if (count + 1) * 4 > table.count * 3 { grow() }
        let place = Place(start: UInt32(bytes.count), count: UInt32(range.count))
        bytes.append(contentsOf: other[range])
        let slot: Int
        if let last = free.popLast() {
            slot = Int(last)
            places[slot] = place
        } else {
            slot = places.count
            places.append(place)
        }
        enter(UInt64(Self.hash(other, range)) << 32 | UInt64(slot + 1))
        count += 1
        return slot
    }

    /// Adds a slot that nothing is in, as snapshots have them.
    mutating func insertFree() {
        places.append(Place(start: 0, count: 0))
    }

    /// The order in which free slots are taken again.
    mutating func restore(free: [UInt32]) -> Bool {
        guard free.allSatisfy({ Int($0) < places.count && places[Int($0)].count == 0 }),
            Set(free).count == free.count, free.count == places.count - count
        else { return false }
        self.free = free
        return true
    }

    mutating func remove(_ slot: Int) {
        let range = range(slot)
        let mask = table.count - 1
        var hole = Int(Self.hash(bytes, range)) & mask
        while Int(UInt32(truncatingIfNeeded: table[hole])) != slot + 1 { hole = (hole + 1) & mask }
        close(hole)
        gone += range.count
        places[slot].count = 0
        free.append(UInt32(slot))
        count -= 1
        if gone > 65_536, gone * 2 > bytes.count { compact() }
    }

    func labels(_ slot: Int) -> Labels {
        Labels(canonical: Array(bytes[range(slot)]))
    }

    /// The value of a label, which is empty where the series has none.
    func value(of name: [UInt8], _ slot: Int) -> ArraySlice<UInt8> {
        let range = range(slot)
        var at = range.lowerBound
        while at < range.upperBound {
            let nameRange = field(&at)
            let valueRange = field(&at)
            if nameRange.count == name.count, bytes[nameRange].elementsEqual(name) {
                return bytes[valueRange]
            }
        }
        return []
    }

    private func field(_ at: inout Int) -> Range<Int> {
        var length = 0
        var shift = 0
        while true {
            let byte = bytes[at]
            at += 1
            length |= Int(byte & 0x7F) << shift
            if byte < 0x80 { break }
            shift += 7
        }
        defer { at += length }
        return at..<at + length
    }

    private func range(_ slot: Int) -> Range<Int> {
        let place = places[slot]
        return Int(place.start)..<Int(place.start) + Int(place.count)
    }

    @inline(__always)
    private func isSame(_ slot: Int, _ other: [UInt8], _ range: Range<Int>) -> Bool {
        let place = places[slot]
        guard Int(place.count) == range.count else { return false }
        let mine = bytes.span.bytes
        let its = other.span.bytes
        var one = Int(place.start)
        var two = range.lowerBound
        let end = range.upperBound
        while two + 8 <= end {
            let left = mine.unsafeLoadUnaligned(fromByteOffset: one, as: UInt64.self)
            guard left == its.unsafeLoadUnaligned(fromByteOffset: two, as: UInt64.self) else {
                return false
            }
            one += 8
            two += 8
        }
        while two < end {
            guard bytes[one] == other[two] else { return false }
            one += 1
            two += 1
        }
        return true
    }

    // MARK: The table

    private static func hash(_ bytes: [UInt8], _ range: Range<Int>) -> UInt32 {
        let span = bytes.span.bytes.extracting(range)
        return UInt32(truncatingIfNeeded: SeriesHash.hash(span, seed: seed))
    }

    private mutating func enter(_ entry: UInt64) {
        let mask = table.count - 1
        var index = Int(entry >> 32) & mask
        while table[index] != 0 { index = (index + 1) & mask }
        table[index] = entry
    }

    private mutating func grow() {
        let entries = table.filter { $0 != 0 }
        table = [UInt64](repeating: 0, count: table.count * 2)
        for entry in entries { enter(entry) }
    }

    /// Moves entries up that would else not be found behind the hole.
    private mutating func close(_ hole: Int) {
        let mask = table.count - 1
        var hole = hole
        var index = hole
        while true {
            index = (index + 1) & mask
            guard table[index] != 0 else { break }
            let home = Int(table[index] >> 32) & mask
            guard (index - home) & mask >= (index - hole) & mask else { continue }
            table[hole] = table[index]
            hole = index
        }
        table[hole] = 0
    }

    private mutating func compact() {
        var kept: [UInt8] = []
        kept.reserveCapacity(bytes.count - gone)
        for slot in places.indices where places[slot].count > 0 {
            let start = UInt32(kept.count)
            kept.append(contentsOf: bytes[range(slot)])
            places[slot].start = start
        }
        bytes = kept
        gone = 0
    }
}
