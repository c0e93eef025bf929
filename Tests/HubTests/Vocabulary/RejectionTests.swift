import Testing

@testable import Hub

@Suite("Rejections as clients read them")
struct RejectionTests {
    @Test("The time to come back is rounded up, so that nobody comes too early")
    func retryAfter() {
        let cases: [(Duration, Int64)] = [
            (.zero, 0), (.nanoseconds(1), 1), (.microseconds(999), 1), (.milliseconds(1), 1),
            (.microseconds(1_001), 2), (.seconds(2), 2_000),
        ]
        for (after, milliseconds) in cases {
            let rejection = Rejection(.rateLimited, "No.", retryAfter: after)
            #expect(rejection.retryAfterMilliseconds == milliseconds, "\(after)")
            #expect(rejection.json["retryAfter"] == .int(milliseconds), "\(after)")
        }
    }

    @Test("What can't succeed later says no time")
    func final() {
        let rejection = Rejection(.forbidden, "No.", retryAfter: .seconds(1))
        #expect(rejection.json == ["code": "forbidden", "message": "No.", "retry": false])
        #expect(Rejection(.busy, "No.").json["retryAfter"] == nil)
    }
}
