/** The dashboard's parts that need no page: `node --test Tests/Browser`. */

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { Column } from '../../Sources/Pages/assets/dashboard/column.js';
import { defaultDashboards } from '../../Sources/Pages/assets/dashboard/defaults.js';
import { dashboardsOf, levelOf, panelOf } from '../../Sources/Pages/assets/dashboard/model.js';
import { isSelector, topicOf } from '../../Sources/Pages/assets/dashboard/selector.js';
import { Series, labelsKey, nameAll } from '../../Sources/Pages/assets/dashboard/series.js';
import { StackedPath } from '../../Sources/Pages/assets/dashboard/stack.js';
import { timeTicks, valueTicks } from '../../Sources/Pages/assets/dashboard/ticks.js';
import { TimeWindow } from '../../Sources/Pages/assets/dashboard/timewindow.js';
import { tickFactor, valueText } from '../../Sources/Pages/assets/dashboard/units.js';

const assets = new URL('../../Sources/Pages/assets/', import.meta.url);

function samplesOf(column) {
    return Array.from({ length: column.length }, (_, index) => (
        [column.time(index), column.value(index)]));
}

function seriesOf(samples, labels = {}, query = 0) {
    const series = new Series(labelsKey(labels), labels, query);
    for (const [time, value] of samples) series.column.add(time, value);
    return series;
}

test('A column keeps thousands of samples in order, wherever they come', () => {
    const column = new Column();
    const times = Array.from({ length: 5_000 }, (_, index) => index * 10);
    // Every seventh comes late.
    for (const time of times.filter((_, index) => index % 7 !== 3)) column.add(time, time * 2);
    for (const time of times.filter((_, index) => index % 7 === 3)) column.add(time, time * 2);
    assert.deepEqual(samplesOf(column), times.map((time) => [time, time * 2]));
    assert.equal(column.indexOf(15), 2);
    assert.equal(column.indexOf(-1), 0);
    assert.equal(column.indexOf(1e9), 5_000);
});

test('A correction replaces its sample, and a splice what it covers', () => {
    const column = new Column();
    for (const time of [1, 2, 3, 4]) column.add(time, time);
    column.add(2, 20);
    column.splice([3, 5], [30, 50]);
    assert.deepEqual(samplesOf(column), [[1, 1], [2, 20], [3, 30], [5, 50]]);
    column.splice([], []);
    assert.equal(column.length, 4);
});

test('Samples of one bucket are one, so that a long range stays small', () => {
    const column = new Column();
    for (let time = 0; time < 100; time += 1) column.add(time, time, 10);
    assert.equal(column.length, 10);
    assert.equal(column.lastValue, 99);
});

test('What is pruned is gone but for one sample, over and over', () => {
    const column = new Column();
    for (let time = 0; time < 50_000; time += 1) {
        column.add(time, time);
        if (time % 100 === 0) column.prune(time - 50);
    }
    assert.equal(column.time(0), 49_849);
    assert.equal(column.lastTime, 49_999);
    assert.equal(column.indexOf(49_900), 51);
});

test('Values are written with three digits that matter, by their unit', () => {
    const cases = [
        [1234, 'short', '1.23 k'], [0, 'short', '0'], [-5.5, 'short', '−5.5'],
        [1536, 'bytes', '1.5 KiB'], [0, 'bytes', '0 B'], [1023.9, 'bytes', '1 KiB'],
        [0.0042, 'seconds', '4.2 ms'], [0.000012, 'seconds', '12 µs'], [90, 'seconds', '90 s'],
        [7_200, 'seconds', '2 h'], [99.95, 'percent', '100 %'], [0.5, 'ratio', '50 %'],
        [12_000, 'perSecond', '12 k/s'], [NaN, 'short', '–'], [null, 'bytes', '–'],
        [Infinity, 'short', '∞'],
    ];
    for (const [value, unit, text] of cases) assert.equal(valueText(value, unit), text);
});

test('Ticks are at round values: of bytes at powers of two', () => {
    assert.deepEqual(valueTicks(0, 23, 5).values, [0, 5, 10, 15, 20, 25]);
    assert.deepEqual(valueTicks(-3, 3, 3), { min: -4, max: 4, values: [-4, -2, 0, 2, 4] });
    const mebibyte = 1 << 20;
    const bytes = valueTicks(0, 9 * mebibyte, 5, tickFactor('bytes', 9 * mebibyte)).values;
    assert.deepEqual(bytes, [0, 2, 4, 6, 8, 10].map((each) => each * mebibyte));
    assert.ok(valueTicks(0, 1e300, 5).values.length < 50);
    const { step, times } = timeTicks(0, 900_000, 4);
    assert.equal(step, 300_000);
    assert.deepEqual(times, [0, 300_000, 600_000, 900_000]);
});

test('Plain selectors have topics, and expressions have none', () => {
    assert.equal(topicOf('hub_connections'), 'stream:hub_connections');
    assert.equal(topicOf(' host_cpu{host="a"} '), 'stream:host_cpu%7Bhost%3D%22a%22%7D');
    assert.equal(topicOf('a{b="ü~"}'), 'stream:a%7Bb%3D%22%C3%BC%7E%22%7D');
    for (const expr of ['rate(a[1m])', 'a + b', 'a[5m]', '{}', '', '5', 'a offset 5m']) {
        assert.equal(topicOf(expr), null, expr);
    }
    assert.equal(isSelector(`a{b="${'x'.repeat(400)}"}`), true);
    assert.equal(topicOf(`a{b="${'x'.repeat(400)}"}`), null);
});

test('Series are named by their template, or by what tells them apart', () => {
    const one = seriesOf([], { __name__: 'cpu', host: 'a', mode: 'user' });
    const two = seriesOf([], { __name__: 'cpu', host: 'a', mode: 'idle' });
    nameAll([one, two], [{ expr: 'cpu', legend: '' }]);
    assert.deepEqual([one.name, two.name], ['user', 'idle']);
    nameAll([one, two], [{ expr: 'cpu', legend: '{{mode}} on {{host}}{{none}}' }]);
    assert.deepEqual([one.name, two.name], ['user on a', 'idle on a']);
    const lone = seriesOf([]);
    nameAll([lone], [{ expr: 'sum(cpu)', legend: '' }]);
    assert.equal(lone.name, 'sum(cpu)');
});

test('Stacked series add up although their samples are not at the same times', () => {
    const first = seriesOf([[1_000, 1], [2_000, 2], [3_000, 3]]);
    const second = seriesOf([[1_100, 10], [2_100, 10], [3_100, 10]]);
    const stack = new StackedPath([first, second], 0, 4_000, 1_000);
    assert.deepEqual(stack.range(), { low: 0, high: 13 });
});

test('A pause of more than two and a half samples is a gap, unless samples were left out', () => {
    const series = seriesOf([[0, 1], [1_000, 1], [2_000, 1], [9_000, 1], [10_000, 1]]);
    assert.equal(series.gapLimit(1_000), 2_500);
    series.pause = 8_000;
    assert.ok(series.gapLimit(1_000) > 8_000);
});

test('Zooming leads in, and back out to the clock', () => {
    const window = new TimeWindow();
    window.follow(300_000);
    const before = window.current;
    window.show(before.from + 1_000, before.from + 61_000);
    assert.equal(window.isLive, false);
    assert.equal(window.current.to - window.current.from, 60_000);
    window.zoom(0.5);
    assert.equal(window.current.to - window.current.from, 30_000);
    window.back();
    assert.equal(window.current.to - window.current.from, 60_000);
    window.back();
    assert.equal(window.isRunning, true);
    window.pause();
    const { pausedAt } = window;
    assert.equal(window.current.to, pausedAt);
    window.run();
    assert.equal(window.isRunning, true);
    window.stop();
});

test('What is kept is made whole, whoever wrote it', () => {
    for (const value of [null, 7, 'x', {}, { dashboards: 'x' }, { dashboards: [] }]) {
        assert.equal(dashboardsOf(value), null);
    }
    const [dashboard] = dashboardsOf({ dashboards: [{
        title: 7, panels: [{ kind: 'pie', unit: 'furlong', width: 99, queries: [null, {}, {
            expr: 'a', legend: 1,
        }], thresholds: [{ value: 'x' }, { value: 9, level: 'danger' }, { value: 1 }] }, null],
    }] });
    const [panel] = dashboard.panels;
    assert.equal(dashboard.panels.length, 1);
    assert.deepEqual([panel.kind, panel.unit, panel.width], ['line', 'short', 6]);
    assert.deepEqual(panel.queries, [{ expr: 'a', legend: '' }]);
    assert.deepEqual([levelOf(panel, 0), levelOf(panel, 5), levelOf(panel, 9)],
        [null, 'warning', 'danger']);
    const twins = dashboardsOf({ dashboards: [{ panels: [panelOf(panel), panelOf(panel)] }] });
    assert.notEqual(twins[0].panels[0].id, twins[0].panels[1].id);
    // They go through the hub, which has a bound for them.
    assert.ok(JSON.stringify(defaultDashboards()).length < 20_000);
});

test('Every module of the page is loaded at once, and every file is in the binary', async () => {
    const page = await readFile(new URL('dashboard.html', assets), 'utf8');
    const table = await readFile(new URL('../DashboardPages.c', assets), 'utf8');
    for (const file of await readdir(new URL('dashboard/', assets))) {
        assert.ok(page.includes(`/dashboard/${file}"`), `${file} in dashboard.html`);
        assert.ok(table.includes(`"/dashboard/${file}"`), `${file} in DashboardPages.c`);
    }
});
