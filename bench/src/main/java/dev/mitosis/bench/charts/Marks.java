package dev.mitosis.bench.charts;

import dev.mitosis.bench.charts.Chart.Panel;
import dev.mitosis.bench.charts.Chart.Place;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Polygon;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.labels.ItemLabelAnchor;
import org.jfree.chart.labels.ItemLabelPosition;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYDataset;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/// The marks of a panel with their looks and labels: a series for each family and place of labels.
final class Marks {
    static final BasicStroke THIN = new BasicStroke(1);
    private static final RectangleInsets TO_LABEL = new RectangleInsets(6, 7, 6, 7);

    private final XYSeriesCollection dataset = new XYSeriesCollection();
    private final XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);

    Marks(Panel panel) {
        renderer.setItemLabelInsets(TO_LABEL);
        renderer.setDefaultItemLabelFont(DotPlot.PLAIN);
        renderer.setDefaultItemLabelPaint(DotPlot.INK);
        for (var family : Family.values()) {
            for (var place : Place.values()) {
                add(panel, family, place);
            }
        }
    }

    XYDataset dataset() {
        return dataset;
    }

    XYLineAndShapeRenderer renderer() {
        return renderer;
    }

    private void add(Panel panel, Family family, Place place) {
        int number = dataset.getSeriesCount();
        var series = new XYSeries(number, false, true);
        var labels = new ArrayList<String>();
        for (int row = 0; row < panel.rows().size(); row++) {
            for (var mark : panel.rows().get(row).marks()) {
                if (mark.family() == family && mark.place() == place) {
                    series.add(mark.value(), row);
                    labels.add(mark.label());
                }
            }
        }
        if (!labels.isEmpty()) {
            dataset.addSeries(series);
            look(number, family);
            label(number, place, labels);
        }
    }

    private void look(int series, Family family) {
        renderer.setSeriesPaint(series, new Color(family.colour()));
        renderer.setSeriesShape(series, shape(family));
    }

    private void label(int series, Place place, List<String> labels) {
        renderer.setSeriesItemLabelGenerator(series, (_, _, item) -> labels.get(item));
        renderer.setSeriesItemLabelsVisible(series, place != Place.NOWHERE);
        renderer.setSeriesPositiveItemLabelPosition(series, switch (place) {
            case ABOVE -> new ItemLabelPosition(
                    ItemLabelAnchor.OUTSIDE12, TextAnchor.BOTTOM_CENTER);
            case BELOW, NOWHERE -> new ItemLabelPosition(
                    ItemLabelAnchor.OUTSIDE6, TextAnchor.TOP_CENTER);
            case RIGHT -> new ItemLabelPosition(
                    ItemLabelAnchor.OUTSIDE3, TextAnchor.CENTER_LEFT);
        });
    }

    static Shape shape(Family family) {
        return switch (family) {
            case MITOSIS -> new Ellipse2D.Double(-7, -7, 14, 14);
            case PYTHON -> new Ellipse2D.Double(-5, -5, 10, 10);
            case NODE -> new Polygon(new int[] {-6, 6, 0}, new int[] {5, 5, -6}, 3);
            case CALLER -> new Polygon(new int[] {-6, 0, 6, 0}, new int[] {0, -6, 0, 6}, 4);
            case FLOOR -> new Rectangle2D.Double(-1.5, -9, 3, 18);
        };
    }
}
