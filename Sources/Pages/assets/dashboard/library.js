/** Chart.js: not in the hub's binary, but served from where the system's package has it. */

import { fill, h } from '../chat/dom.js';
import { linesType } from './linestype.js';

const address = '/vendor/chart.js/chart.min.js';

/** Resolves to `Chart`, made ready for our charts. */
export function loadCharts() {
    return new Promise((resolve, reject) => {
        const script = h('script', {
            src: address,
            onLoad: () => {
                const { Chart } = globalThis;
                if (!Chart) {
                    reject(new Error('Chart.js came, but not as expected.'));
                    return;
                }
                Chart.register(linesType(Chart));
                resolve(Chart);
            },
            onError: () => reject(new Error('Chart.js could not be loaded.')),
        });
        document.head.append(script);
    });
}

export async function showMissing(parent, error) {
    const probe = await fetch(address, { method: 'HEAD' }).catch(() => null);
    const isMissing = probe?.status === 404;
    fill(parent, h('main', { class: 'dash-missing' },
        h('h1', {}, isMissing ? 'Chart.js is not installed' : 'The charts could not be loaded'),
        isMissing
            ? h('p', { class: 'hint' }, 'The dashboard draws with Chart.js, which the hub serves '
                + 'from where the system has it. On the hub’s machine, install it and restart '
                + 'the hub:')
            : h('p', { class: 'hint' }, error?.message ?? 'Try again in a moment.'),
        isMissing ? h('pre', {}, h('code', {}, 'apt-get install libjs-chart.js')) : null,
        isMissing
            ? h('p', { class: 'hint' }, 'If it lies elsewhere: the setting ',
                h('code', {}, 'pages.charts'), '.') : null,
        h('div', { class: 'buttons' },
            h('a', { class: 'button', href: '/' }, 'Chat'),
            h('button', {
                type: 'button', class: 'button button-primary', onClick: () => location.reload(),
            }, 'Try again'))));
}
