/** The dashboards that everybody begins with: the hub, and the machine that it runs on. */

import { dashboardOf } from './model.js';

const query = (expr, legend = '') => ({ expr, legend });
const quantile = (share, metric) => (
    `histogram_quantile(${share}, sum by (le) (rate(${metric}_bucket[1m])))`);

function number(title, unit, expr, more = {}) {
    return { title, kind: 'number', unit, queries: [query(expr)], width: 3, height: 1, ...more };
}

function chart(title, unit, queries, more = {}) {
    return { title, kind: 'line', unit, queries, ...more };
}

const hub = {
    id: 'hub',
    title: 'Hub',
    panels: [
        number('Connections', 'short', 'sum(martlet_connections)'),
        number('Deliveries', 'perSecond', 'sum(rate(martlet_deliveries_total[1m]))'),
        number('Commands', 'perSecond', 'sum(rate(martlet_commands_total[1m]))'),
        number('Append p99', 'seconds', quantile(0.99, 'martlet_journal_commit_seconds'), {
            thresholds: [{ value: 0.05, level: 'warning' }, { value: 0.25, level: 'danger' }],
        }),
        chart('Connections', 'short', [query('martlet_connections')], {
            kind: 'area', isStacked: true,
        }),
        chart('Deliveries', 'perSecond', [
            query('sum(rate(martlet_deliveries_total[1m]))', 'deliveries'),
            query('sum(rate(martlet_messages_received_total[1m]))', 'frames in'),
        ]),
        chart('Commands by action', 'perSecond', [
            query('topk(8, sum by (action) (rate(martlet_commands_total[1m])) > 0)'),
        ], { kind: 'area', isStacked: true }),
        chart('Append latency', 'seconds', [
            query(quantile(0.5, 'martlet_journal_commit_seconds'), 'p50'),
            query(quantile(0.99, 'martlet_journal_commit_seconds'), 'p99'),
        ], { min: 0, thresholds: [{ value: 0.25, level: 'danger' }] }),
        chart('Slow readers', 'short', [query('martlet_lagging_subscriptions', 'lagging')],
            { width: 4, min: 0 }),
        chart('Outboxes', 'bytes', [query('martlet_outbox_bytes', 'outboxes')],
            { width: 4, kind: 'area', min: 0 }),
        chart('Memory of the hub', 'bytes', [query('process_resident_memory_bytes', 'resident')],
            { width: 4, kind: 'area', min: 0 }),
        chart('Refusals by code', 'perSecond', [
            query('sum by (code) (rate(martlet_rejections_total[1m])) > 0'),
        ], { min: 0 }),
        chart('Network of the sockets', 'bytesPerSecond', [
            query('sum(rate(martlet_sent_bytes_total[1m]))', 'sent'),
            query('sum(rate(martlet_received_bytes_total[1m]))', 'received'),
        ], { kind: 'area' }),
    ],
};

const used = [{ value: 80, level: 'warning' }, { value: 92, level: 'danger' }];

function gauge(title, expr, thresholds, legend = '') {
    return {
        title, kind: 'gauge', unit: 'percent', width: 3, height: 2, min: 0, max: 100, thresholds,
        queries: [query(expr, legend)],
    };
}

const host = {
    id: 'host',
    title: 'Host',
    panels: [
        gauge('Processors', '100 * (1 - sum(rate(host_cpu_seconds_total{mode="idle"}[1m])) '
            + '/ sum(rate(host_cpu_seconds_total[1m])))', used),
        gauge('Memory in use', '100 * (1 - host_memory_available_bytes / host_memory_bytes)', used),
        gauge('Disk in use', '100 * (1 - host_filesystem_available_bytes / host_filesystem_bytes)',
            used, '{{path}}'),
        number('Load', 'short', 'host_load1', { height: 2 }),
        chart('Processors', 'percent', [
            query('100 * sum by (mode) (rate(host_cpu_seconds_total{mode!="idle"}[1m])) '
                + '/ scalar(sum(host_cpus))', '{{mode}}'),
        ], { kind: 'area', isStacked: true, min: 0 }),
        chart('Memory', 'bytes', [
            query('host_memory_bytes - host_memory_available_bytes', 'in use'),
            query('host_memory_bytes', 'all'),
        ], { min: 0 }),
        chart('Network', 'bytesPerSecond', [
            query('rate(host_network_received_bytes_total[1m])', '{{device}} in'),
            query('rate(host_network_sent_bytes_total[1m])', '{{device}} out'),
        ], { min: 0 }),
        chart('Disks', 'bytesPerSecond', [
            query('rate(host_disk_read_bytes_total[1m])', '{{device}} read'),
            query('rate(host_disk_written_bytes_total[1m])', '{{device}} written'),
        ], { min: 0 }),
        chart('Room on disk', 'bytes', [query('host_filesystem_available_bytes', '{{path}}')],
            { kind: 'area', min: 0 }),
        chart('Load', 'short', [
            query('host_load1', '1 min'), query('host_load5', '5 min'),
            query('host_load15', '15 min'),
        ], { min: 0 }),
    ],
};

export function defaultDashboards() {
    return [hub, host].map(dashboardOf);
}
