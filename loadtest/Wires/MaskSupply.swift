import WebSocket

/// The masking keys of all connections of a run, from its seed.
final class MaskSupply {
    private var source: MaskingKeySource

    init(seed: UInt64) {
        source = MaskingKeySource(seed: seed)
    }

    func next() -> MaskingKey { source.next() }
}
