/// How many samples may still be read: one count for all that one question needs.
package struct SampleBudget: Sendable {
    private var left: Int

    package init(_ samples: Int = 50_000_000) {
        left = samples
    }

    /// Before room is made for them.
    func check(_ samples: Int) throws(Rejection) {
        guard samples <= left else {
            throw Rejection(.tooLarge, "The query would read more samples than one may.")
        }
    }

    mutating func take(_ samples: Int) throws(Rejection) {
        try check(samples)
        left -= samples
    }
}
