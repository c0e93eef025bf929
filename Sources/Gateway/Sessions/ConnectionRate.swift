import Hub

/// What one connection may still ask for: its bucket is filled when it first asks.
struct ConnectionRate {
    private var bucket: TokenBucket?

    /// Takes what the action costs: from this connection, its user and its address, each in its
    /// bucket.
    mutating func charge(
        _ action: String,
        by user: String,
        from address: String,
        _ gateway: GatewayServices
    ) throws(Rejection) {
        var bucket = bucket ?? gateway.admission.bucket()
        defer { self.bucket = bucket }
        try gateway.admission.charge(
            connection: &bucket,
            user: user,
            address: address,
            cost: ActionCost.of(action),
            at: gateway.now()
        )
    }
}
