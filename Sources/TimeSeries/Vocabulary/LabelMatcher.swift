/// One condition on a label, as selectors have them: `job="hub"`, `path=~"/api/.*"`.
package struct LabelMatcher: Sendable, Hashable {
    package enum Operation: String, Sendable, Hashable {
        case equal = "="
        case notEqual = "!="
        /// The pattern must match the whole value.
        case matches = "=~"
        case matchesNot = "!~"
    }

    package let name: String
    package let operation: Operation
    /// What the label is compared with; a missing label counts as empty.
    package let value: String

    package var hasPattern: Bool { operation == .matches || operation == .matchesNot }

    package init(_ name: String, _ operation: Operation, _ value: String) {
        self.name = name
        self.operation = operation
        self.value = value
    }
}
