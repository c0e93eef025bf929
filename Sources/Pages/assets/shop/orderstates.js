/** The words for what an order is, and what staff may do with it next. */

const states = {
    pending: ['Being placed', 'wait'],
    awaiting_payment: ['Awaiting payment', 'wait'],
    paid: ['Paid', 'going'],
    packed: ['Packed', 'going'],
    shipped: ['On its way', 'going'],
    delivered: ['Delivered', 'done'],
    cancelled: ['Cancelled', 'off'],
    partially_refunded: ['Partly refunded', 'off'],
    refunded: ['Refunded', 'off'],
};

/** `{label, tone}`; a status of tomorrow is shown as it is. */
export function stateOf(status) {
    const [label, tone] = states[status] ?? [status.replace(/_/g, ' '), 'wait'];
    return { label, tone };
}

const reasons = {
    expired: 'The time to pay had run out.',
    insufficient_stock: 'Something was sold out meanwhile.',
};

/** Why, in a sentence: a word of the hub's own, or what somebody wrote. */
export function reasonText(reason) {
    return reason ? reasons[reason] ?? reason : '';
}

/** A number that can be read out. */
export function orderNumber(id) {
    return `#${id.replace(/^o-/, '').slice(-8)}`;
}

/** What a customer is told when it happens; null for what one has just done oneself. */
export function headline({ orderId, status, previousStatus, reason }) {
    const number = orderNumber(orderId);
    if (status === previousStatus) return null;
    if (status === 'paid') return `Order ${number} is paid. Thank you!`;
    if (status === 'packed') return `Order ${number} is packed.`;
    if (status === 'shipped') return `Order ${number} is on its way.`;
    if (status === 'delivered') return `Order ${number} has arrived.`;
    // At the checkout it is said there, with what to do about it.
    if (status === 'cancelled' && reason !== 'insufficient_stock') {
        return `Order ${number} was cancelled. ${reasonText(reason)}`.trim();
    }
    if (status.includes('refunded')) return `Money of order ${number} is on its way back.`;
    return null;
}

const steps = [
    ['Placed', () => true],
    ['Paid', ({ paymentStatus }) => paymentStatus !== 'unpaid'],
    ['Packed', ({ fulfilmentStatus }) => /packed|shipped|delivered/.test(fulfilmentStatus)],
    ['On its way', ({ fulfilmentStatus }) => /shipped|delivered/.test(fulfilmentStatus)],
    ['Delivered', ({ fulfilmentStatus }) => fulfilmentStatus === 'delivered'],
];

/** How far it is: `{label, isDone}` for each step of a normal order. */
export function stepsOf(order) {
    return steps.map(([label, isDone]) => ({ label, isDone: isDone(order) }));
}

/** The legal moves, as the hub has them; it has the last word. */
export function movesOf({ status, paymentStatus, fulfilmentStatus }) {
    const isPaid = paymentStatus === 'paid' || paymentStatus === 'partially_refunded';
    const isHere = fulfilmentStatus === 'unfulfilled' || fulfilmentStatus === 'packed';
    const next = { unfulfilled: 'pack', packed: 'ship', shipped: 'deliver' }[fulfilmentStatus];
    return [
        status === 'awaiting_payment' ? 'pay' : null,
        isPaid ? next : null,
        isPaid ? 'refund' : null,
        isHere && status !== 'pending' && paymentStatus !== 'refunded' ? 'cancel' : null,
    ].filter(Boolean);
}
