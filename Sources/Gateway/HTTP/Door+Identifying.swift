import Hub

/// What every request goes through that asks for something of somebody's.
extension Door {
    /// Who asks, by the request's token or as a guest of that name; their buckets pay for it.
    ///
    /// Who is not let in pays too, from the address's buckets: a guesser of tokens is told before
    /// long to wait.
    func identify(
        _ call: Call,
        guestName: String?,
        cost: Int
    ) async throws(Problem) -> Principal {
        let token = try call.bearer()
        let address = call.clientAddress(self)
        let identity: Identity
        do throws(Rejection) {
            identity = try await identify(
                token: token,
                guestName: guestName,
                connection: call.connection.id
            )
        } catch {
            // No user's name has a control character.
            let place = Admission.limitKey(of: address)
            try pay(as: "address\u{0}" + place, from: address, ActionCost.of("hello"))
            throw Problem(error)
        }
        try pay(as: identity.principal.user, from: address, cost)
        return identity.principal
    }

    private func pay(as user: String, from address: String, _ cost: Int) throws(Problem) {
        do throws(Rejection) {
            try charge(user: user, address: address, cost: cost)
        } catch {
            throw Problem(error)
        }
    }
}
