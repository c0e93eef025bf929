/// A clause of the contract that an engine does not keep, in a sentence.
package struct Breach: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// Throws the sentence as a breach unless the condition holds.
func demand(_ condition: Bool, _ sentence: @autoclosure () -> String) throws {
    if !condition { throw Breach(sentence()) }
}
