/// Why a regular expression can't be used.
package struct LabelPatternError: Error, Hashable, CustomStringConvertible {
    package let pattern: String
    package let reason: String

    package init(pattern: String, reason: String) {
        self.pattern = pattern
        self.reason = reason
    }

    package var description: String {
        "error parsing regexp: \(reason): `\(pattern)`"
    }
}
