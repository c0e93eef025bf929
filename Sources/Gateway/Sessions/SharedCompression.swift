import Synchronization
import WebSocket

/// Compression of frames that many connections share: no context is kept between messages
/// (RFC 7692, section 7.1.1.1), so what is compressed once fits all who agreed on the window.
final class SharedCompression: Sendable {
    let windowBits: UInt8
    /// Smaller messages gain nothing.
    let bytesMinimum: Int
    // A deflater is 256 KB and a few microseconds to reset: one per window for the process, behind
    // a lock that is held for one message.
    private let deflater: Mutex<Deflater>

    init(windowBits: UInt8, bytesMinimum: Int) {
        self.windowBits = windowBits
        self.bytesMinimum = bytesMinimum
        deflater = Mutex(Deflater(windowBits: windowBits, level: 3))
    }

    func compress(_ payload: Span<UInt8>) -> [UInt8] {
        deflater.withLock { $0.compressed(payload) }
    }
}
