/** Dashboards and panels as they are kept: what is read is made whole, whoever wrote it. */

import { units } from './units.js';

export const kinds = {
    line: 'Lines', area: 'Areas', gauge: 'Gauge', number: 'Number',
};
export const widths = { 3: 'A quarter', 4: 'A third', 6: 'A half', 8: 'Two thirds', 12: 'Whole' };
export const heights = { 1: 'Low', 2: 'Medium', 3: 'High' };

const dashboardsMaximum = 20;
const panelsMaximum = 60;
const queriesMaximum = 8;

export function id() {
    return crypto.randomUUID?.().slice(0, 8)
        ?? Math.floor(Math.random() * 0xffffffff).toString(16).padStart(8, '0');
}

export function panelOf(value = {}) {
    const queries = list(value.queries).slice(0, queriesMaximum).map(({ expr, legend } = {}) => ({
        expr: text(expr, '', 2_000), legend: text(legend, '', 200),
    })).filter(({ expr }) => expr.trim() !== '');
    return {
        id: text(value.id, id(), 40),
        title: text(value.title, 'Panel', 120),
        kind: value.kind in kinds ? value.kind : 'line',
        queries,
        unit: value.unit in units ? value.unit : 'short',
        isStacked: value.isStacked === true,
        min: number(value.min),
        max: number(value.max),
        thresholds: list(value.thresholds).slice(0, 6).map((each) => ({
            value: number(each?.value), level: each?.level === 'danger' ? 'danger' : 'warning',
        })).filter((each) => each.value !== null)
            .sort((left, right) => left.value - right.value),
        width: value.width in widths ? Number(value.width) : 6,
        height: value.height in heights ? Number(value.height) : 2,
    };
}

export function dashboardOf(value = {}) {
    return {
        id: text(value.id, id(), 40),
        title: text(value.title, 'Dashboard', 80),
        span: number(value.span) ?? 900_000,
        panels: unique(list(value.panels).slice(0, panelsMaximum).map(panelOf)),
    };
}

/** What is kept under the preference `dashboards`; null when it can't be that. */
export function dashboardsOf(value) {
    if (!Array.isArray(value?.dashboards)) return null;
    const dashboards = unique(value.dashboards.slice(0, dashboardsMaximum).map(dashboardOf));
    return dashboards.length > 0 ? dashboards : null;
}

/** The threshold that a value has passed, or null. */
export function levelOf(panel, value) {
    return panel.thresholds.findLast((each) => value >= each.value)?.level ?? null;
}

function unique(things) {
    const seen = new Set();
    return things.map((each) => {
        const own = seen.has(each.id) ? { ...each, id: id() } : each;
        seen.add(own.id);
        return own;
    });
}

function list(value) {
    return Array.isArray(value) ? value.filter((each) => each !== null) : [];
}

function text(value, otherwise, most) {
    return typeof value === 'string' ? value.slice(0, most) : otherwise;
}

function number(value) {
    return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
