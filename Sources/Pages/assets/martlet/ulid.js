/** Keys that rise with time: ULIDs (https://github.com/ulid/spec), monotonic within a page. */

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

let lastTime = 0;
let lastDigits = [];

/** 26 characters: 10 of milliseconds, 16 of chance; two calls never answer in falling order. */
export function ulid(now = Date.now()) {
    if (now > lastTime || lastDigits.length === 0) {
        lastTime = Math.max(now, lastTime);
        lastDigits = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte & 31);
        // A zero in front leaves room to count upwards within one millisecond.
        lastDigits[0] = 0;
    } else {
        increment(lastDigits);
    }
    return timeDigits(lastTime) + lastDigits.map((digit) => alphabet[digit]).join('');
}

function increment(digits) {
    for (let index = digits.length - 1; index >= 0; index -= 1) {
        if (digits[index] < 31) {
            digits[index] += 1;
            return;
        }
        digits[index] = 0;
    }
}

function timeDigits(milliseconds) {
    let rest = milliseconds;
    let text = '';
    for (let place = 0; place < 10; place += 1) {
        text = alphabet[rest % 32] + text;
        rest = Math.floor(rest / 32);
    }
    return text;
}
