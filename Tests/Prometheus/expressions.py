"""What both are asked: each kind of function, aggregation and operator that dashboards use."""

SELECTORS = [
    "app_requests_total", 'app_requests_total{method="get"}', 'app_requests_total{code!="200"}',
    'app_requests_total{method=~"p.*",code!~"4.."}', '{__name__=~"app_.*",room="room-1"}',
    "app_odd", 'app_bytes_total{route="a\\"b\\\\c\\nd"}', 'app_bytes_total{route="/büro"}',
    "app_temperature offset 3s", "app_session", "app_latency_seconds_bucket", "app_mood",
    'up{job="app"}',
]

WINDOWS = [
    "rate(app_requests_total[5s])", "irate(app_requests_total[5s])",
    "increase(app_requests_total[10s])", "rate(app_bytes_total[4s])",
    "delta(app_temperature[6s])", "idelta(app_temperature[6s])", "deriv(app_temperature[8s])",
    "resets(app_requests_total[30s])", "changes(app_mood[10s])",
    "avg_over_time(app_temperature[7s])", "min_over_time(app_temperature[7s])",
    "max_over_time(app_temperature[7s])", "sum_over_time(app_temperature[7s])",
    "count_over_time(app_session[20s])", "last_over_time(app_session[20s])",
    "stddev_over_time(app_temperature[7s])", "quantile_over_time(0.9, app_temperature[9s])",
    "present_over_time(app_session[3s])", "predict_linear(app_temperature[8s], 60)",
    "max_over_time(rate(app_requests_total[4s])[10s:2s])", "absent(app_nothing)",
    "absent_over_time(app_session{user=\"u1\"}[1s])",
]

AGGREGATIONS = [
    "sum(app_requests_total)", "sum by (method) (rate(app_requests_total[5s]))",
    "sum without (code, instance) (app_requests_total)", "avg by (method) (app_requests_total)",
    "min without (room) (app_temperature)", "max by (job) (app_temperature)",
    "count by (code) (app_requests_total)", "stddev(app_temperature)",
    "topk(3, app_requests_total)", "bottomk by (method) (1, app_requests_total)",
    "quantile(0.75, app_temperature)", "quantile by (method) (0.5, app_requests_total)",
    "group by (route) (app_bytes_total)", 'count_values("value", app_mood)',
]

HISTOGRAMS = [
    "histogram_quantile(0.9, sum by (le) (rate(app_latency_seconds_bucket[10s])))",
    "histogram_quantile(0.5, rate(app_latency_seconds_bucket[8s]))",
    "rate(app_latency_seconds_sum[6s]) / rate(app_latency_seconds_count[6s])",
]

OPERATORS = [
    "app_temperature * 2 - 1", "app_requests_total % 7", "2 ^ (app_temperature / 10)",
    "app_temperature > 20", "app_temperature > bool 20", "app_odd == app_odd",
    'sum by (method) (rate(app_requests_total{code="500"}[9s]))'
    " / sum by (method) (rate(app_requests_total[9s]))",
    "app_requests_total / on (instance) group_left () app_constant",
    "app_temperature and on (instance) up == 1", "app_session or app_constant",
    'app_requests_total unless on (code) app_requests_total{method="get",code="404"}',
    'label_replace(app_temperature, "number", "$1", "room", "room-(.*)")',
    "clamp(app_temperature, 19, 21)", "round(app_bytes_total, 100)", "sort_desc(app_temperature)",
    "timestamp(app_session)", "vector(time())", "-app_temperature", "scalar(app_constant)",
]

ALL = SELECTORS + WINDOWS + AGGREGATIONS + HISTOGRAMS + OPERATORS
