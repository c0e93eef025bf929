/// Where and why a text stops being what it says it is.
package struct ExpositionError: Error, Sendable, Hashable {
    package enum Reason: String, Sendable, Hashable {
        case badName = "a name is malformed"
        case badLabels = "the labels are malformed"
        case unfinishedText = "a quoted text does not end on its line"
        case badValue = "the value is no number"
        case badTime = "the time is no number, or out of range"
        case badExemplar = "the exemplar is malformed"
        case unknownType = "there is no such type of metric"
        case badMetadata = "the line of metadata is malformed"
        case badUnit = "the unit is not the end of the family's name"
        case badSpace = "there is a space too many or too few"
        case trailing = "something follows what should be the end of the line"
        case blankLine = "there is a blank line"
        case unknownComment = "there is a comment that is no metadata"
        case missingEnd = "the last line is not # EOF"
        case afterEnd = "something follows the line # EOF"
        case unfinishedLine = "the last line does not end"
    }

    /// From 1.
    package let line: Int
    package let reason: Reason
}

extension ExpositionError: CustomStringConvertible {
    package var description: String { "line \(line): \(reason.rawValue)" }
}
