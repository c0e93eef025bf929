/// Why an edit cannot be made.
package enum YEditError: Error, Sendable, Hashable {
    /// The index or the length is beyond the end.
    case outOfBounds
    /// The index lies between the two halves of a surrogate pair.
    case insideCharacter
    /// There is no such shared type in the document.
    case noSuchType
    /// The client id is too large, or already wrote all that it can.
    case clientExhausted
    /// The document would become too large.
    case documentTooLarge
    /// The value is nested too deep.
    case tooDeep
}
