/**
 * A chart type of Chart.js that draws from typed arrays.
 *
 * Chart.js makes an object of each point, for animations and hovering: with 60 series that is most
 * of its time. Axes, grids, layout and sharp pixels are Chart.js's; the lines are our painter's.
 */

/** The class, made from the loaded library. */
export function linesType(Chart) {
    return class extends Chart.DatasetController {
        static id = 'lines';

        // It asks for the name of an element, of which none is ever made.
        static defaults = { datasetElementType: false, dataElementType: 'point' };

        static overrides = { scales: { x: { type: 'linear' }, y: { type: 'linear' } } };

        // The painter reads the samples where they are.
        parse() {}

        buildOrUpdateElements() {}

        update() {}

        draw() {
            const { ctx, chartArea, scales } = this.chart;
            this.getDataset().painter.paint(ctx, chartArea, scales.y);
        }
    };
}
