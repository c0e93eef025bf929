import Hub

/// The same rules for the HTTP plane, whose requests have no bucket of their own.
extension Admission: Door {
    package func charge(user: String, address: String, cost: Int) throws(Rejection) {
        try chargeShared(user: user, address: Self.limitKey(of: address), cost: cost)
    }

    /// What was not stored is in force nowhere: the operator has to hear of it.
    package func revoke(user: String) throws(Rejection) {
        try revokeTokens(of: user)
    }

    package func revoke(tokenID: String) throws(Rejection) {
        try revokeToken(tokenID)
    }
}
