/** One line of a panel: its labels, its samples, and how it is called and painted. */

import { Column } from './column.js';

export class Series {
    column = new Column();
    /** As the legend has it; set where all series of the panel are known. */
    name = '';
    colour = 0;
    isHidden = false;
    /** How far apart samples may be because others were left out. */
    pause = 0;
    /** Of what is in the window: last, min, max, mean. */
    summary = { last: NaN, min: NaN, max: NaN, mean: NaN };

    constructor(key, labels, query) {
        this.key = key;
        this.labels = labels;
        /** Which of the panel's queries it comes from. */
        this.query = query;
    }

    /** Longer pauses between samples are gaps, and not bridged. */
    gapLimit(step) {
        const { column } = this;
        const count = Math.min(32, column.length - 1);
        const pauses = [];
        for (let index = column.length - count; index < column.length; index += 1) {
            pauses.push(column.time(index) - column.time(index - 1));
        }
        pauses.sort((left, right) => left - right);
        const usual = pauses[pauses.length >> 1] ?? step;
        return Math.max(Math.max(usual, step) * 2.5, this.pause * 1.1);
    }
}

export function labelsKey(labels) {
    const entries = Object.entries(labels);
    return JSON.stringify(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** Names by a template such as `{{mode}} on {{host}}`, or by the labels that tell them apart. */
export function nameAll(list, queries) {
    for (const [index, query] of queries.entries()) {
        const own = list.filter((each) => each.query === index);
        const telling = query.legend ? [] : tellingLabels(own);
        for (const series of own) series.name = nameOf(series, query, telling);
    }
}

function tellingLabels(list) {
    const names = new Set(list.flatMap((each) => Object.keys(each.labels)));
    return [...names].filter((name) => name !== '__name__'
        && new Set(list.map((each) => each.labels[name])).size > 1);
}

function nameOf({ labels }, query, telling) {
    if (query.legend) {
        return query.legend.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name) => labels[name] ?? '');
    }
    if (telling.length > 0) return telling.map((name) => labels[name] ?? '–').join(' ');
    return labels.__name__ ?? query.expr;
}
