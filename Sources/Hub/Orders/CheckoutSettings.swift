/// How long buyers have.
package struct CheckoutSettings: Sendable {
    /// How long an order waits for its payment.
    package var paymentWindow: Duration = .seconds(900)
    /// How much longer its goods are held, so that a payment of the last moment finds them.
    package var grace: Duration = .seconds(120)

    package init() {}
}
