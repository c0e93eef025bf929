/** The form for where it goes, filled in with what was written last time. */

import { field } from '../chat/dialogs.js';
import { h } from '../chat/dom.js';

const key = 'martlet.shop.address';
const countries = ['AT', 'BE', 'CH', 'CZ', 'DE', 'DK', 'ES', 'FI', 'FR', 'GB', 'IE', 'IT', 'LU',
    'NL', 'NO', 'PL', 'PT', 'SE', 'US'];

export class AddressForm {
    element;

    constructor() {
        const known = stored();
        const input = (name, autocomplete, more = {}) => h('input', {
            class: 'input', name, autocomplete, maxlength: 120, value: known[name] ?? '', ...more,
        });
        const options = countries.map((code) => [code, countryName(code)])
            .sort((left, right) => left[1].localeCompare(right[1]));
        this.element = h('fieldset', { class: 'address' },
            h('legend', {}, 'Where does it go?'),
            field('Name', input('name', 'name', { required: true })),
            field('Street and number', input('street', 'street-address', { required: true })),
            h('div', { class: 'field-row' },
                field('Postal code', input('postalCode', 'postal-code', {
                    required: true, maxlength: 16,
                })),
                field('Town', input('city', 'address-level2', { required: true }))),
            field('Country', h('select', {
                class: 'input', name: 'country', autocomplete: 'country', required: true,
            }, options.map(([code, label]) => h('option', {
                value: code, selected: code === (known.country ?? guessed()),
            }, label)))),
            field('E-mail', input('email', 'email', { type: 'email' }), 'For the parcel service.'));
    }

    get value() {
        const controls = [...this.element.querySelectorAll('[name]')];
        return Object.fromEntries(controls
            .map(({ name, value }) => [name, value.trim()]).filter(([, value]) => value !== ''));
    }

    remember() {
        try {
            localStorage.setItem(key, JSON.stringify(this.value));
        } catch {
            // It is written again next time.
        }
    }
}

/** As one writes it on a parcel. */
export function addressLines(address) {
    if (!address) return [];
    const { name, street, postalCode, city, country } = address;
    return [name, street, [postalCode, city].filter(Boolean).join(' '), countryName(country)]
        .filter((line) => typeof line === 'string' && line !== '');
}

/** An order may have been placed by another client, with any words. */
function countryName(code) {
    return /^[A-Z]{2}$/.test(code)
        ? new Intl.DisplayNames(undefined, { type: 'region' }).of(code) : code;
}

function guessed() {
    const region = new Intl.Locale(navigator.language).maximize().region;
    return countries.includes(region) ? region : 'DE';
}

function stored() {
    try {
        return JSON.parse(localStorage.getItem(key)) ?? {};
    } catch {
        return {};
    }
}
