/** Colours for canvases, which can't resolve the page's custom properties by themselves. */

const seriesCount = 10;
const others = ['line', 'text-soft', 'text-faint', 'danger', 'warning', 'online', 'accent'];

export class Palette extends EventTarget {
    #probe = document.createElement('span');
    #series = [];
    #named = new Map();

    constructor() {
        super();
        this.#probe.hidden = true;
        document.body.append(this.#probe);
        this.#read();
        const changed = () => {
            this.#read();
            this.dispatchEvent(new Event('change'));
        };
        matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed);
        new MutationObserver(changed)
            .observe(document.documentElement, { attributeFilter: ['data-theme'] });
    }

    series(index) {
        return this.#series[index % seriesCount];
    }

    /** The colour of `--name`. */
    named(name) {
        return this.#named.get(name);
    }

    /** For DOM, which follows the theme by itself. */
    static variable(index) {
        return `var(--series-${(index % seriesCount) + 1})`;
    }

    #read() {
        this.#series = Array.from({ length: seriesCount }, (_, index) => (
            this.#resolve(`--series-${index + 1}`)));
        for (const name of others) this.#named.set(name, this.#resolve(`--${name}`));
    }

    #resolve(property) {
        this.#probe.style.color = `var(${property})`;
        return getComputedStyle(this.#probe).color;
    }
}
