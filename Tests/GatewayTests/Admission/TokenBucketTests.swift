import Hub
import Testing

@testable import Gateway

@Suite("Token buckets")
struct TokenBucketTests {
    /// The same thing in exact fractions and without cleverness.
    private struct Model {
        let rate: TokenBucket.Rate
        var thousandths: Int64
        var time: Int64

        mutating func take(_ cost: Int, at now: Int64) -> Int64? {
            if now > time {
                for _ in time..<min(now, time + 200_000) {
                    thousandths = min(rate.burst * 1_000, thousandths + rate.perSecond)
                }
            }
            time = now
            let price = min(Int64(cost), rate.burst) * 1_000
            if thousandths >= price {
                thousandths -= price
                return nil
            }
            var wait: Int64 = 0
            var level = thousandths
            while level < price {
                level += rate.perSecond
                wait += 1
            }
            return wait
        }
    }

    @Test(
        "A bucket does what the model does, whatever happens",
        arguments: [1, 2, 3, 4, 5] as [UInt64]
    )
    func model(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let rate = TokenBucket.Rate(
            perSecond: Int.random(in: 1...500, using: &generator),
            burst: Int.random(in: 1...50, using: &generator)
        )
        var time: Int64 = 1_800_000_000_000
        var bucket = TokenBucket(rate, at: Timestamp(milliseconds: time))
        var model = Model(rate: rate, thousandths: rate.burst * 1_000, time: time)
        for step in 0..<3_000 {
            // Mostly forward, at times a long pause, at times the clock is set back.
            time += [0, 0, 1, 2, 5, 30, 1_000, -7].randomElement(using: &generator) ?? 0
            let cost = Int.random(in: 0...12, using: &generator)
            let wait = bucket.take(cost, rate, at: Timestamp(milliseconds: time))
            let expected = model.take(cost, at: time).map { Duration.milliseconds($0) }
            #expect(wait == expected, "seed \(seed), step \(step)")
        }
    }

    @Test("After the wait that it names, and not a millisecond before, a command is let through")
    func retryAfter() throws {
        let rate = TokenBucket.Rate(perSecond: 3, burst: 7)
        let start = Timestamp(milliseconds: 0)
        for cost in 1...7 {
            var bucket = TokenBucket(rate, at: start)
            #expect(bucket.take(7, rate, at: start) == nil)
            let answer = bucket.take(cost, rate, at: start)
            let wait = try #require(answer)
            var early = bucket
            #expect(early.take(cost, rate, at: start.advanced(by: wait - .milliseconds(1))) != nil)
            #expect(bucket.take(cost, rate, at: start.advanced(by: wait)) == nil)
        }
    }

    @Test("A cost above the burst empties the bucket instead of being refused for ever")
    func large() {
        let rate = TokenBucket.Rate(perSecond: 10, burst: 5)
        let start = Timestamp(milliseconds: 0)
        var bucket = TokenBucket(rate, at: start)
        #expect(bucket.take(.max, rate, at: start) == nil)
        #expect(bucket.take(.max, rate, at: start) == .milliseconds(500))
        #expect(bucket.take(.min, rate, at: start) == nil)
    }

    @Test("Times at the ends of the range do not trap")
    func extremes() {
        let rate = TokenBucket.Rate(perSecond: .max, burst: .max)
        var bucket = TokenBucket(rate, at: Timestamp(milliseconds: .min))
        for time in [Int64.max, .min, 0, .max, 1, .min] {
            _ = bucket.take(1_000_000, rate, at: Timestamp(milliseconds: time))
        }
        #expect(
            TokenBucket.Rate(perSecond: .min, burst: 0) == TokenBucket.Rate(perSecond: 1, burst: 1)
        )
    }

    @Test("Shared buckets are kept apart by name, and full ones are forgotten at the bound")
    func shared() {
        let rate = TokenBucket.Rate(perSecond: 1, burst: 2)
        let buckets = SharedBuckets(rate, capacity: 160)
        let start = Timestamp(milliseconds: 0)
        #expect(buckets.take(2, for: "ada", at: start) == nil)
        #expect(buckets.take(1, for: "ada", at: start) == .seconds(1))
        #expect(buckets.take(1, for: "bob", at: start) == nil)
        var time = start
        for number in 0..<5_000 {
            time = time.advanced(by: .milliseconds(10))
            _ = buckets.take(1, for: "guest-\(number)", at: time)
            #expect(buckets.count <= 160)
        }
        // The two seconds in which it filled have long passed: it counts from full again.
        #expect(buckets.take(2, for: "ada", at: time.advanced(by: .seconds(5))) == nil)
    }
}
