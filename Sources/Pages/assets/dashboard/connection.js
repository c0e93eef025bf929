/** The connection as the bar that tells of it wants it: nothing waits to be sent here. */
export class Connection extends EventTarget {
    outbox = { waiting: [] };

    constructor(martlet) {
        super();
        this.martlet = martlet;
        martlet.addEventListener('state', () => this.dispatchEvent(new Event('status')));
    }
}
