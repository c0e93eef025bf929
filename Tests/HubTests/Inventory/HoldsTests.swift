import Testing

@testable import Hub

@Suite("Holds")
struct HoldsTests {
    private func hold(_ id: Int64, _ quantity: Int64, until end: Int64) -> Hold {
        Hold(
            id: RecordID(id),
            holder: Holder(name: "h-\(id)", isNamed: true),
            quantity: quantity,
            expiresAt: Timestamp(milliseconds: end)
        )
    }

    @Test("Whatever is put in and taken out, they expire in order, and what is due is known before")
    func order() {
        for seed: UInt64 in 0..<200 {
            var dice = Dice(seed: seed)
            var holds = Holds()
            var plain: [Hold] = []
            for id: Int64 in 1...80 {
                if dice.roll(0..<4) == 0, let gone = plain.randomElement(using: &dice) {
                    #expect(holds.remove(gone.id) == gone)
                    plain.removeAll { $0.id == gone.id }
                } else {
                    let next = hold(id, Int64(dice.roll(1..<9)), until: Int64(dice.roll(1..<40)))
                    holds.put(next)
                    plain.append(next)
                }
                let time = Timestamp(milliseconds: Int64(dice.roll(0..<42)))
                let other = plain.randomElement(using: &dice)
                let due = plain.filter { $0.expiresAt <= time }
                let rest = plain.filter { $0.expiresAt > time && $0.id != other?.id }
                let lapse = holds.lapse(at: time, except: other?.id)
                #expect(lapse.holds == Int64(due.count))
                #expect(lapse.quantity == due.reduce(0) { $0 + $1.quantity })
                #expect(lapse.next == rest.map(\.expiresAt).min())
                #expect(holds.quantity == plain.reduce(0) { $0 + $1.quantity })
                #expect(holds.nextExpiry == plain.map(\.expiresAt).min())
            }
            var ends: [Timestamp] = []
            while let first = holds.removeFirst(expiredAt: Timestamp(milliseconds: 100)) {
                ends.append(first.expiresAt)
            }
            #expect(ends == plain.map(\.expiresAt).sorted())
            #expect(holds.count == 0 && holds.quantity == 0)
        }
    }
}
