/** Where the lines of a grid are: at round values and at round times of the local day. */

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const steps = [
    1_000, 2_000, 5_000, 10_000, 15_000, 30_000, minute, 2 * minute, 5 * minute, 10 * minute,
    15 * minute, 30 * minute, hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour, day, 2 * day, 7 * day,
    14 * day, 30 * day, 90 * day, 365 * day,
];

/** `{step, times}` for about so many lines as there is room for. */
export function timeTicks(from, to, most) {
    const wanted = (to - from) / Math.max(1, most);
    const step = steps.find((each) => each >= wanted) ?? steps.at(-1);
    // Local midnight is no multiple of a day.
    const offset = new Date(to).getTimezoneOffset() * minute;
    const first = Math.ceil((from - offset) / step) * step + offset;
    const times = [];
    for (let time = first; time <= to && times.length < 50; time += step) times.push(time);
    return { step, times };
}

/** `{min, max, values}`: the range widened to round values. */
export function valueTicks(low, high, most, factor = 1) {
    const span = (high - low) / factor || 1;
    const step = roundStep(span / Math.max(1, most)) * factor;
    const min = Math.floor(low / step + 1e-9) * step;
    const max = Math.ceil(high / step - 1e-9) * step;
    const values = [];
    const count = Math.min(50, Math.round((max - min) / step));
    for (let index = 0; index <= count; index += 1) values.push(min + index * step);
    return { min, max, values };
}

function roundStep(wanted) {
    const power = 10 ** Math.floor(Math.log10(wanted));
    const digit = wanted / power;
    return (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10) * power;
}
