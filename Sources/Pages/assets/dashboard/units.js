/** How values and times are written, by the unit of a panel. */

const decimal = ['', 'k', 'M', 'G', 'T', 'P'];
const binary = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

export const units = {
    short: 'Number',
    bytes: 'Bytes',
    bytesPerSecond: 'Bytes per second',
    percent: 'Percent (0–100)',
    ratio: 'Percent (0–1)',
    seconds: 'Seconds',
    perSecond: 'Per second',
};

/** `1.23 k`, `4.5 MiB`, `12 ms`; a dash where there is no value. */
export function valueText(value, unit = 'short') {
    if (value === null || value === undefined || Number.isNaN(value)) return '–';
    if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
    switch (unit) {
    case 'bytes': return scaled(value, 1024, binary);
    case 'bytesPerSecond': return `${scaled(value, 1024, binary)}/s`;
    case 'percent': return `${digits(value)} %`;
    case 'ratio': return `${digits(value * 100)} %`;
    case 'seconds': return seconds(value);
    case 'perSecond': return `${scaled(value, 1000, decimal)}/s`;
    default: return scaled(value, 1000, decimal);
    }
}

/** What ticks are rounded to: 1024 where bytes are counted, 60 where long times are. */
export function tickFactor(unit, span) {
    if (unit.startsWith('bytes')) return power(span, 1024);
    if (unit === 'seconds' && span > 90) return span > 5_400 ? 3_600 : 60;
    return unit === 'ratio' ? 0.01 : 1;
}

function power(value, base) {
    let factor = 1;
    while (value / factor >= base * 1.5) factor *= base;
    return factor;
}

function scaled(value, base, names) {
    let size = Math.abs(value);
    let index = 0;
    while (size >= base * 0.9995 && index < names.length - 1) {
        size /= base;
        index += 1;
    }
    const text = digits(Math.sign(value) * size);
    return names[index] === '' ? text : `${text} ${names[index]}`;
}

function seconds(value) {
    const size = Math.abs(value);
    if (size === 0) return '0 s';
    if (size < 1e-3) return `${digits(value * 1e6)} µs`;
    if (size < 1) return `${digits(value * 1e3)} ms`;
    if (size < 120) return `${digits(value)} s`;
    if (size < 7_200) return `${digits(value / 60)} min`;
    return size < 172_800 ? `${digits(value / 3_600)} h` : `${digits(value / 86_400)} d`;
}

/** Three digits that matter. */
function digits(value) {
    const size = Math.abs(value);
    if (size === 0) return '0';
    if (size < 0.001) return value.toExponential(1);
    const places = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
    const text = value.toFixed(places);
    return (places > 0 ? text.replace(/\.?0+$/, '') : text).replace('-', '−');
}

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const precise = new Intl.DateTimeFormat(undefined, {
    hour: '2-digit', minute: '2-digit', second: '2-digit',
});
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const both = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const shortBoth = new Intl.DateTimeFormat(undefined, {
    day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit',
});

export function momentText(milliseconds) {
    return both.format(milliseconds);
}

export function rangeText(from, to) {
    return `${shortBoth.format(from)} – ${shortBoth.format(to)}`;
}

/** The text of a tick: the day at midnight, seconds only where the step has them. */
export function tickText(milliseconds, step) {
    const date = new Date(milliseconds);
    const isMidnight = date.getHours() === 0 && date.getMinutes() === 0;
    if (step >= 86_400_000 || (isMidnight && step >= 60_000)) return day.format(milliseconds);
    return (step < 60_000 ? precise : clock).format(milliseconds);
}

/** `5 min`, `6 h`, `7 d`. */
export function spanText(milliseconds) {
    const minutes = milliseconds / 60_000;
    if (minutes < 1) return `${Math.round(milliseconds / 1000)} s`;
    if (minutes < 120) return `${Math.round(minutes)} min`;
    return minutes < 2_880 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1_440)} d`;
}
