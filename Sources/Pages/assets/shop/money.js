/** Amounts are whole minor units and a currency: nothing here is ever a fraction of a cent. */

// ISO 4217. All other currencies have two digits; browsers round some of them for display, which
// would make a price look like one that nobody asked for.
const digits = new Map([
    ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'
        .split(' ').map((currency) => [currency, 0]),
    ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((currency) => [currency, 3]),
]);
const formats = new Map();

export function exponentOf(currency) {
    return digits.get(currency) ?? 2;
}

/** `{amount: 1250, currency: 'EUR'}` as people there write it; a dash where there is none. */
export function formatMoney(money) {
    if (!money) return '–';
    return formatOf(money.currency).format(decimal(money));
}

/** `12.50`: exact, and what an input shows. */
export function decimal({ amount, currency }) {
    const exponent = exponentOf(currency);
    const sign = amount < 0 ? '-' : '';
    const whole = String(Math.abs(amount)).padStart(exponent + 1, '0');
    if (exponent === 0) return sign + whole;
    return `${sign}${whole.slice(0, -exponent)}.${whole.slice(-exponent)}`;
}

/** Reads what somebody typed, `12,5` too; null when it is not an amount of that currency. */
export function parseMoney(text, currency) {
    const exponent = exponentOf(currency);
    const match = /^(\d{1,12})(?:[.,](\d*))?$/.exec(text.trim());
    const fraction = match?.[2] ?? '';
    if (!match || fraction.length > exponent) return null;
    return { amount: Number(match[1] + fraction.padEnd(exponent, '0')), currency };
}

export function times({ amount, currency }, count) {
    return { amount: amount * count, currency };
}

/** One sum for each currency, in the order in which they come. */
export function sums(amounts) {
    const totals = new Map();
    for (const { amount, currency } of amounts) {
        totals.set(currency, (totals.get(currency) ?? 0) + amount);
    }
    return [...totals].map(([currency, amount]) => ({ amount, currency }));
}

export function sameMoney(left, right) {
    return left?.amount === right?.amount && left?.currency === right?.currency;
}

function formatOf(currency) {
    let format = formats.get(currency);
    if (!format) {
        const exponent = exponentOf(currency);
        format = new Intl.NumberFormat(undefined, {
            style: 'currency', currency, minimumFractionDigits: exponent,
            maximumFractionDigits: exponent,
        });
        formats.set(currency, format);
    }
    return format;
}
