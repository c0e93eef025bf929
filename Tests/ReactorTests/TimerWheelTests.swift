/// The timing wheel against a list that is searched.

import Testing

@testable import Reactor

@Suite("Timer wheel")
struct TimerWheelTests {
    /// Never fires early, never late by a tick, never twice, never after being cancelled.
    @Test("Fires what a searched list fires", arguments: 1...20)
    func agreesWithModel(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var wheel = TimerWheel<Int>()
        var model: [Int: (deadline: UInt64, token: TimerToken)] = [:]
        var tick: UInt64 = 0
        for number in 0..<3_000 {
            switch random.next() % 4 {
            case 0, 1:
                let reach: UInt64 = [3, 70, 5_000, 300_000, 20_000_000][Int(random.next() % 5)]
                let deadline = tick + random.next() % reach
                model[number] = (max(deadline, tick + 1), wheel.schedule(at: deadline, number))
            case 2:
                guard let victim = model.keys.randomElement(using: &random) else { continue }
                let token = model.removeValue(forKey: victim)?.token ?? .none
                #expect(wheel.cancel(token) == victim)
                #expect(wheel.cancel(token) == nil)
            default:
                tick += random.next() % [2, 100, 10_000, 1_000_000][Int(random.next() % 4)]
                let due = model.filter { $0.value.deadline <= tick }
                let first = model.values.map(\.deadline).min()
                if let first, let promised = wheel.nextTick { #expect(promised <= first) }
                wheel.advance(to: tick)
                var fired: [Int] = []
                while let number = wheel.takeDue() { fired.append(number) }
                #expect(Set(fired) == Set(due.keys))
                #expect(fired.count == due.count)
                let deadlines = fired.map { model[$0]?.deadline ?? 0 }
                #expect(deadlines == deadlines.sorted())
                for number in fired { model[number] = nil }
            }
            #expect(wheel.count == model.count)
        }
    }

    @Test("An empty wheel never asks to be looked at")
    func empty() {
        var wheel = TimerWheel<Int>()
        #expect(wheel.nextTick == nil)
        let token = wheel.schedule(at: 5, 1)
        #expect(wheel.nextTick == 5)
        wheel.cancel(token)
        #expect(wheel.nextTick == nil)
    }

    @Test("A due timer can still be cancelled before it is taken")
    func cancelsDue() {
        var wheel = TimerWheel<Int>()
        let token = wheel.schedule(at: 1, 1)
        _ = wheel.schedule(at: 1, 2)
        wheel.advance(to: 1)
        wheel.cancel(token)
        #expect(wheel.takeDue() == 2)
        #expect(wheel.takeDue() == nil)
    }

    @Test("The token of a fired timer doesn't cancel the one that took its place")
    func staleToken() {
        var wheel = TimerWheel<Int>()
        let stale = wheel.schedule(at: 1, 1)
        wheel.advance(to: 1)
        #expect(wheel.takeDue() == 1)
        _ = wheel.schedule(at: 2, 2)
        #expect(wheel.cancel(stale) == nil)
        wheel.advance(to: 2)
        #expect(wheel.takeDue() == 2)
    }

    @Test("A deadline past the wheel's end waits there instead of being lost")
    func farAway() {
        var wheel = TimerWheel<Int>()
        _ = wheel.schedule(at: .max, 1)
        wheel.advance(to: 1 << 36)
        #expect(wheel.takeDue() == 1)
    }
}
