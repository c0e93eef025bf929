import Hub
import Logging

/// The same rules for the HTTP plane, whose requests have no bucket of their own.
extension Admission: Door {
    package func charge(user: String, address: String, cost: Int) throws(Rejection) {
        try chargeShared(user: user, address: Self.limitKey(of: address), cost: cost)
    }

    package func revoke(user: String) {
        do throws(Rejection) {
            try revokeTokens(of: user)
        } catch {
            report(error)
        }
    }

    package func revoke(tokenID: String) {
        do throws(Rejection) {
            try revokeToken(tokenID)
        } catch {
            report(error)
        }
    }

    private func report(_ rejection: Rejection) {
        logger.error("A revocation was not stored.", metadata: ["error": "\(rejection.message)"])
    }
}
