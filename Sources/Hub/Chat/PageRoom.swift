/// How much still fits into a page: a number of entries and a number of bytes.
///
/// One entry always fits, whatever its size: else paging would end before it.
package struct PageRoom: Sendable {
    package private(set) var countLeft: Int
    private var bytesLeft: Int
    private var isEmpty = true

    package init(count: Int, bytes: Int = ChatLimits.pageBytes) {
        countLeft = count
        bytesLeft = bytes
    }

    /// Takes an entry of that size in; false when the page is full.
    package mutating func take(_ bytes: Int) -> Bool {
        guard countLeft > 0, isEmpty || bytes <= bytesLeft else { return false }
        countLeft -= 1
        bytesLeft -= min(bytesLeft, bytes)
        isEmpty = false
        return true
    }
}
