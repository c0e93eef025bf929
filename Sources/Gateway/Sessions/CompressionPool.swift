import Synchronization

/// The shared compressions of the process, one per window size, made when first agreed on.
final class CompressionPool: Sendable {
    private let bytesMinimum: Int
    private let byWindow = Mutex<[UInt8: SharedCompression]>([:])

    init(bytesMinimum: Int) {
        self.bytesMinimum = bytesMinimum
    }

    func compression(windowBits: UInt8) -> SharedCompression {
        byWindow.withLock { pool in
            if let there = pool[windowBits] { return there }
            let made = SharedCompression(windowBits: windowBits, bytesMinimum: bytesMinimum)
            pool[windowBits] = made
            return made
        }
    }
}
