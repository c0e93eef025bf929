/// Expressions in which every function, aggregation and operator comes up.
///
/// Where Go's mathematics and C's may differ in the last bit, or sums depend on the order of
/// series, results are rounded.
enum QueryCatalogue {
    static var expressions: [String] {
        windows + elements + aggregations + operators + histograms + times + labels + shifts
    }

    private static var windows: [String] {
        let functions = [
            "rate", "increase", "delta", "irate", "idelta", "deriv", "changes", "resets",
            "avg_over_time", "min_over_time", "max_over_time", "sum_over_time", "count_over_time",
            "stddev_over_time", "stdvar_over_time", "last_over_time", "present_over_time",
            "absent_over_time",
        ]
        let vectors = [
            "counter[5m]", "gauge[2m]", "sparse[10m]", "counter[30s]", "gauge[45s] offset 1m",
            "counter[3m] @ 900", "counter{job=\"a\"}[25m]", "gauge[5m:1m]",
            "(counter > 50)[4m:20s]",
            "nothing{job=\"a\"}[5m]",
        ]
        return functions.flatMap { function in vectors.map { "\(function)(\($0))" } } + [
            "quantile_over_time(0.5, gauge[5m])", "quantile_over_time(0.9, counter[3m])",
            "quantile_over_time(-1, gauge[5m])", "quantile_over_time(2, gauge[5m])",
            "predict_linear(gauge[5m], 60)", "predict_linear(counter[10m] offset 1m, 3600)",
            "predict_linear(counter[10m] @ 900, -60)", "holt_winters(gauge[10m], 0.5, 0.25)",
            "rate(sum(counter)[5m:1m])", "max_over_time(rate(counter[1m])[10m:30s])",
        ]
    }

    private static let elements = [
        "abs(gauge)", "ceil(gauge)", "floor(gauge)", "round(gauge)", "round(gauge, 5)",
        "round(gauge, 0.3)", "sqrt(gauge)", "sgn(gauge)", "clamp(gauge, 0, 50)",
        "clamp(gauge, 50, 0)", "clamp_min(gauge, 20)", "clamp_max(gauge, 20)", "-gauge", "+gauge",
        "clamp_max(gauge, NaN)", "clamp_min(sqrt(gauge - 50), 0)",
        "round(exp(gauge / 50), 0.0001)", "round(ln(counter + 1), 0.0001)",
        "round(log2(counter), 0.0001)", "round(log10(gauge), 0.0001)", "ln(gauge * 0)",
        "round(sin(gauge), 0.0001)", "round(cos(gauge), 0.0001)", "round(tan(gauge), 0.001)",
        "round(asin(gauge / 200), 0.0001)", "round(acos(gauge / 200), 0.0001)",
        "round(atan(gauge), 0.0001)", "round(sinh(gauge / 50), 0.0001)",
        "round(cosh(gauge / 50), 0.0001)", "round(tanh(gauge / 50), 0.0001)",
        "round(asinh(gauge), 0.0001)", "round(acosh(gauge), 0.0001)",
        "round(atanh(gauge / 500), 0.0001)", "deg(gauge)", "rad(gauge)", "gauge * pi()",
        "vector(1)", "vector(scalar(limit{job=\"a\"}))", "vector(scalar(limit))", "sort(gauge)",
        "sort_desc(gauge)", "absent(gauge)", "absent(nothing)", "absent(nothing{a=\"b\"})",
        "absent(nothing{a=\"b\",a=\"c\",d=\"e\"})", "absent(nothing{a=\"b\",a=~\"c\"})",
        "absent(sum(nothing))", "absent(sparse{job=\"a\"})",
    ]

    private static let aggregations = [
        "sum(gauge)", "sum by (job) (gauge)", "sum without (job) (gauge)", "sum by () (gauge)",
        "round(avg by (job) (gauge), 0.0001)", "min by (job) (gauge)", "max(gauge)",
        "count by (instance) (gauge)", "group(gauge)", "round(stddev(gauge), 0.0001)",
        "round(stdvar by (job) (gauge), 0.0001)", "topk(2, counter)",
        "topk by (job) (1, rate(counter[5m]))",
        "bottomk(2, counter)", "bottomk(100, counter)", "topk(0, counter)", "topk(-1, counter)",
        "topk(2.9, counter)", "quantile(0.5, gauge)", "quantile by (job) (0.9, gauge)",
        "quantile(-0.1, gauge)", "quantile(NaN, gauge)", "count_values(\"v\", gauge)",
        "count_values by (job) (\"v\", resets(counter[5m]))",
        "count_values without (instance) (\"job\", resets(counter[5m]))",
        "count_values(\"v\", rate(counter[5m]))", "sum(sum by (job) (counter))",
        "max by (nothing) (gauge)", "sum by (__name__) ({__name__=~\"gauge|limit\"})",
        "min(sqrt(gauge - 50))", "max(sqrt(gauge - 50))", "topk(3, sqrt(counter - 500))",
        "sum by (job) (rate(counter[5m]) > bool 0.2)", "count(counter > 100) by (job)",
    ]

    private static let operators = [
        "gauge + 1", "1 - gauge", "gauge * 2", "gauge / 0", "gauge % 7", "-7 % gauge", "gauge ^ 2",
        "2 ^ 0.5 * gauge", "gauge == 20", "gauge != 20", "gauge > 20", "20 > gauge",
        "gauge > bool 20", "gauge <= 20", "gauge >= bool 20", "gauge + counter", "gauge - gauge",
        "gauge / counter", "gauge == gauge", "gauge < counter", "gauge > bool counter",
        "counter - on (job, instance) gauge", "counter * ignoring (instance) limit",
        "counter / on (job) group_left limit", "limit / on (job) group_right counter",
        "counter * on (job) group_left (le) sparse",
        "limit + ignoring (instance) group_right gauge",
        "counter < on (job) group_left limit", "limit > on (job) group_right counter",
        "counter and gauge", "counter and on (job) (limit > 20)", "counter or gauge",
        "gauge or on (job) limit", "counter unless on (job) sparse", "gauge unless gauge > 50",
        "sparse or limit", "limit and ignoring (x) sparse", "nothing or limit",
        "limit unless nothing",
        "round(gauge ^ 0.3, 0.0001)", "round(gauge atan2 counter, 0.0001)", "gauge > 10 < 60",
        "1 + 2 * 3 - 4 / vector(5) % 6 ^ 2", "-1 ^ 2 * vector(1)", "gauge * on () group_left limit",
        "limit * on () group_left vector(2)", "sum(gauge) / count(gauge)",
        "round(sum(rate(counter[5m]) > 0.1), 0.0001) or vector(0)",
    ]

    private static let histograms = [
        "histogram_quantile(0.9, lat_bucket)", "histogram_quantile(0.5, rate(lat_bucket[5m]))",
        "histogram_quantile(0, lat_bucket)", "histogram_quantile(1, lat_bucket)",
        "histogram_quantile(-1, lat_bucket)", "histogram_quantile(2, lat_bucket)",
        "histogram_quantile(NaN, lat_bucket)", "histogram_quantile(0.9, gauge)",
        "histogram_quantile(0.9, sum by (le) (lat_bucket))",
        "histogram_quantile(0.9, lat_bucket{le!=\"+Inf\"})",
        "histogram_quantile(0.1, lat_bucket{le=~\"0.1|.Inf\"})",
        "histogram_quantile(scalar(limit{job=\"a\"}) / 100, lat_bucket)",
    ]

    private static let times =
        [
            "vector(time())", "timestamp(gauge)", "timestamp(gauge offset 1m)",
            "timestamp(gauge @ 600)",
            "timestamp(gauge + 0)", "timestamp(vector(1))", "minute()", "hour()", "month()",
            "year()",
            "day_of_month()", "day_of_week()", "day_of_year()", "days_in_month()",
        ]
        + [
            "minute", "hour", "month", "year", "day_of_month", "day_of_week", "day_of_year",
            "days_in_month",
        ].flatMap { function in
            ["951782400", "1709164799.9", "-1", "4102444800", "-2208988800", "1677628800"].map {
                "\(function)(vector(\($0)))"
            }
        }

    private static let labels = [
        #"label_replace(gauge, "dst", "$1", "instance", "(.*)")"#,
        #"label_replace(gauge, "dst", "x$1y", "job", "(b)")"#,
        #"label_replace(gauge, "dst", "${1}0$$$2", "instance", "([0-9])(.*)")"#,
        #"label_replace(gauge, "dst", "$name-$none", "job", "(?P<name>a|b)")"#,
        #"label_replace(gauge, "job", "", "job", "a")"#,
        #"label_replace(gauge, "job", "", "instance", "none")"#,
        #"label_replace(gauge, "__name__", "renamed", "job", ".+")"#,
        #"label_replace(gauge, "dst", "$1x", "job", "(.*)")"#,
        #"label_join(gauge, "dst", "-", "job", "instance")"#,
        #"label_join(gauge, "dst", "-", "nothing")"#, #"label_join(gauge, "dst", ",")"#,
        #"label_join(limit, "job", "", "nothing")"#,
    ]

    private static let shifts = [
        "gauge offset 5m", "gauge offset -5m", "gauge @ 600", "gauge @ 600.5 offset 1m",
        "gauge offset 1m @ 600", "gauge @ start()", "gauge @ end() offset 1m", "gauge @ -1",
        "rate(counter[5m] @ end())", "sum_over_time(gauge[5m:1m] @ 900)",
        "sum_over_time(gauge[5m:1m] offset 2m)", "sum_over_time((gauge @ 300)[5m:1m])",
        "sum_over_time(gauge[5m:])", "count_over_time(vector(1)[10m:7s])",
        "max_over_time(min_over_time(gauge[2m])[6m:90s])",
        "sum_over_time(sum_over_time(gauge[2m:30s])[4m:1m] @ 1200)",
        "max_over_time((time() - gauge)[5m:13s] offset -1m)",
    ]
}
