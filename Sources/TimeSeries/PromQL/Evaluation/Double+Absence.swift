/// A step without a value holds the stale marker, as a series that has ended does: presence costs
/// no memory of its own, and no result can be mistaken for it, for a stale sample is no value.
extension Double {
    static var absent: Double { Sample.staleMarker }

    var isAbsent: Bool { bitPattern == Sample.staleMarker.bitPattern }

    var isPresent: Bool { bitPattern != Sample.staleMarker.bitPattern }

    /// Arithmetic keeps a NaN's payload, so it could come out as what means "no value".
    var asResult: Double { isAbsent ? .nan : self }
}
