/// Bytes that nobody may see: never printed, never logged, compared in constant time.
package struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// For the one place that uses them: making a key.
    package let bytes: [UInt8]

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    package init(_ text: String) {
        self.bytes = Array(text.utf8)
    }

    package var description: String { "(secret)" }
    package var debugDescription: String { "(secret)" }
    /// `dump` and string interpolation of an enclosing value go through the mirror.
    package var customMirror: Mirror { Mirror(self, children: []) }

    /// Takes as long for a wrong guess as for the right one, so that timing says nothing but the
    /// length.
    package func matches(_ guess: [UInt8]) -> Bool {
        guard bytes.count == guess.count else { return false }
        var difference: UInt8 = 0
        for (own, other) in zip(bytes, guess) {
            difference |= own ^ other
        }
        return difference == 0
    }
}
