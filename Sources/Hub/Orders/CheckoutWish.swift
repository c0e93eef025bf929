/// What a buyer sends with the checkout.
struct CheckoutWish: Sendable {
    let cart: TopicID
    let principal: Principal
    let key: String?
    /// The cart as the buyer has seen it; without it, as it is.
    let cartID: RecordID?
    /// What the buyer has seen as the total.
    let expectedTotal: Int64?
    let shipping: Int64
    let tax: Int64
    let discount: Int64
    let address: [UInt8]?

    init(_ ask: Ask, cart: TopicID) throws(Rejection) {
        let data = try Fields(dataOf: ask.fields)
        self.cart = cart
        principal = ask.principal
        key = ask.key
        cartID = try data.optionalRecordID("cartId")
        expectedTotal = try Self.amount("expectedTotal", ask.fields["data"], data)
        let parts = ["shipping", "tax", "discount"]
        // Prices are the shop's: who may set them is staff, such as its own server.
        guard !parts.contains(where: data.has) || ask.principal.grants.manages(cart.text) else {
            throw Rejection(.forbidden, "What is charged besides the goods is for staff to say.")
        }
        shipping = try Self.amount("shipping", ask.fields["data"], data) ?? 0
        tax = try Self.amount("tax", ask.fields["data"], data) ?? 0
        discount = try Self.amount("discount", ask.fields["data"], data) ?? 0
        address = try Self.address(ask.fields["data"]?["address"], data)
    }

    /// Minor units, alone or as money.
    private static func amount(
        _ name: String,
        _ object: JSON?,
        _ data: Fields
    ) throws(Rejection) -> Int64? {
        guard data.has(name) else { return nil }
        if let money = object?[name], case .object = money {
            guard let money = Money(json: money), money.amount >= 0 else {
                throw data.refusal(name, "must be money")
            }
            return money.amount
        }
        return try data.int(name, in: 0...Money.amountMaximum)
    }

    private static func address(_ json: JSON?, _ data: Fields) throws(Rejection) -> [UInt8]? {
        guard let json, !json.isNull else { return nil }
        guard case .object = json else { throw data.refusal("address", "must be an object") }
        let bytes = json.encoded()
        guard bytes.count <= OrderPlacement.addressBytesMaximum else {
            throw Rejection(
                .tooLarge,
                "data.address: has at most \(OrderPlacement.addressBytesMaximum) bytes."
            )
        }
        return bytes
    }
}
