/** Elements are built, never parsed: no text of a user ever becomes HTML. */

import { icons } from './icons.js';

/**
 * An element: `h('button', { class: 'x', onClick: f, 'aria-label': 'y' }, 'text', child)`.
 * Properties that are null, undefined or false are left out; true becomes an empty attribute.
 */
export function h(tag, properties = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties ?? {})) {
        if (value === null || value === undefined || value === false) continue;
        if (name.startsWith('on')) element.addEventListener(name.slice(2).toLowerCase(), value);
        else if (name === 'value' || name === 'checked') element[name] = value;
        else if (name === 'style') setStyle(element, value);
        else element.setAttribute(name, value === true ? '' : String(value));
    }
    element.append(...children.flat(Infinity).filter(isShown));
    return element;
}

function isShown(child) {
    return child !== null && child !== undefined && child !== false && child !== '';
}

function setStyle(element, style) {
    for (const [name, value] of Object.entries(style)) element.style.setProperty(name, value);
}

/** Replaces what is in an element, null and false left out. */
export function fill(element, ...children) {
    element.replaceChildren(...children.flat(Infinity).filter(isShown));
    return element;
}

const svg = 'http://www.w3.org/2000/svg';

export function icon(name) {
    const element = document.createElementNS(svg, 'svg');
    element.setAttribute('viewBox', '0 0 24 24');
    element.setAttribute('aria-hidden', 'true');
    element.setAttribute('class', 'icon');
    const path = document.createElementNS(svg, 'path');
    path.setAttribute('d', icons[name]);
    element.append(path);
    return element;
}

export function iconButton(name, label, onClick, properties = {}) {
    const { class: extra = '', ...rest } = properties;
    return h('button', {
        type: 'button', class: `icon-button ${extra}`.trim(), 'aria-label': label, title: label,
        onClick, ...rest,
    }, icon(name));
}

/** Runs an action once, soon, however often it is asked for; also in pages that nobody sees. */
export function scheduled(action) {
    let isWaiting = false;
    const run = () => {
        if (!isWaiting) return;
        isWaiting = false;
        action();
    };
    return () => {
        if (isWaiting) return;
        isWaiting = true;
        // Hidden pages get no animation frames.
        if (document.visibilityState === 'visible') requestAnimationFrame(run);
        setTimeout(run, 60);
    };
}

const signatures = new WeakMap();

/** Draws when the signature is another than last time: what is under the pointer must stay. */
export function drawWhenChanged(element, signature, draw) {
    const text = JSON.stringify(signature);
    if (signatures.get(element) === text) return;
    signatures.set(element, text);
    draw();
}
