/** The user's dashboards: kept by the hub, and in the browser for when the hub can't. */

import { defaultDashboards } from './defaults.js';
import { dashboardOf, dashboardsOf, id, panelOf } from './model.js';

const preference = 'dashboards';
const pause = 400;
const retryPause = 5_000;
const retryPauseMaximum = 60_000;

/** Events: `change` when a dashboard is another than before, `saving` when `isSaved` changed. */
export class DashboardStore extends EventTarget {
    dashboards;
    isSaved = true;
    /** Whether this browser has some already. */
    isKnown;
    #api;
    /** In the browser's storage. */
    #key;
    #retryPause = retryPause;
    #timer = null;
    #isWriting = false;

    constructor(api, user) {
        super();
        this.#api = api;
        this.#key = `martlet.dashboards.${user}`;
        const local = fromBrowser(this.#key);
        this.dashboards = dashboardsOf(local) ?? defaultDashboards();
        this.isKnown = local !== null;
        // Something that the hub has not got yet.
        this.isSaved = local?.isSaved !== false;
    }

    /** Takes what the hub has, unless there is something newer here. */
    async load() {
        if (!this.isSaved) {
            this.#write();
            return;
        }
        try {
            const kept = dashboardsOf(await this.#api.preference(preference));
            if (kept && this.isSaved) this.#adopt(kept);
        } catch {
            // What the browser has is there already.
        }
    }

    /** Another tab or device has changed them. */
    heard(name, value) {
        if (name !== preference || !this.isSaved || this.#isWriting) return;
        this.#adopt(dashboardsOf(value) ?? defaultDashboards());
    }

    find(wanted) {
        return this.dashboards.find((each) => each.id === wanted) ?? this.dashboards[0];
    }

    add(title) {
        const dashboard = dashboardOf({ title, panels: [] });
        this.#change(() => this.dashboards.push(dashboard));
        return dashboard;
    }

    duplicate(dashboard) {
        const copy = dashboardOf({
            ...structuredClone(dashboard), id: id(), title: `${dashboard.title}, copy`,
        });
        this.#change(() => this.dashboards.push(copy));
        return copy;
    }

    remove(dashboard) {
        this.#change(() => {
            this.dashboards = this.dashboards.filter((each) => each !== dashboard);
            if (this.dashboards.length === 0) this.dashboards = defaultDashboards();
        });
    }

    rename(dashboard, title) {
        this.#change(() => { dashboard.title = title; });
    }

    /** Forgets all that was arranged. */
    reset() {
        this.#change(() => { this.dashboards = defaultDashboards(); });
    }

    setSpan(dashboard, span) {
        if (dashboard.span === span) return;
        dashboard.span = span;
        this.#save();
    }

    /** A panel in the place of that with its id, or a new one at the end. */
    put(dashboard, panel) {
        const whole = panelOf(panel);
        const at = dashboard.panels.findIndex((each) => each.id === whole.id);
        this.#change(() => {
            if (at >= 0) dashboard.panels[at] = whole;
            else dashboard.panels.push(whole);
        });
        return whole;
    }

    removePanel(dashboard, panel) {
        this.#change(() => {
            dashboard.panels = dashboard.panels.filter((each) => each.id !== panel.id);
        });
    }

    /** Puts a panel to that place among the others. */
    move(dashboard, panel, to) {
        const from = dashboard.panels.findIndex((each) => each.id === panel.id);
        const place = Math.min(dashboard.panels.length - 1, Math.max(0, to));
        if (from < 0 || place === from) return;
        this.#change(() => {
            const [moved] = dashboard.panels.splice(from, 1);
            dashboard.panels.splice(place, 0, moved);
        });
    }

    #adopt(dashboards) {
        if (JSON.stringify(dashboards) === JSON.stringify(this.dashboards)) return;
        this.dashboards = dashboards;
        this.#keepInBrowser();
        this.dispatchEvent(new Event('change'));
    }

    #change(action) {
        action();
        this.#save();
        this.dispatchEvent(new Event('change'));
    }

    #save() {
        this.#setSaved(false);
        this.#schedule(pause);
    }

    #schedule(delay) {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#write(), delay);
    }

    async #write() {
        if (this.#isWriting) return;
        this.#isWriting = true;
        const written = JSON.stringify(this.dashboards);
        try {
            await this.#api.setPreference(preference, { version: 1, dashboards: this.dashboards });
            this.#retryPause = retryPause;
            if (JSON.stringify(this.dashboards) === written) this.#setSaved(true);
            else this.#schedule(pause);
        } catch {
            this.#schedule(this.#retryPause);
            this.#retryPause = Math.min(retryPauseMaximum, this.#retryPause * 2);
        } finally {
            this.#isWriting = false;
        }
    }

    #setSaved(isSaved) {
        this.isSaved = isSaved;
        this.#keepInBrowser();
        this.dispatchEvent(new Event('saving'));
    }

    #keepInBrowser() {
        try {
            localStorage.setItem(this.#key, JSON.stringify({
                isSaved: this.isSaved, dashboards: this.dashboards,
            }));
        } catch {
            // The hub has them, or the page while it is open.
        }
    }
}

function fromBrowser(key) {
    try {
        return JSON.parse(localStorage.getItem(key));
    } catch {
        return null;
    }
}
