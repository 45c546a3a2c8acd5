package dev.mitosis.bench.charts;

import dev.mitosis.bench.charts.Chart.Mark;
import dev.mitosis.bench.charts.Chart.Panel;
import dev.mitosis.bench.charts.Chart.Row;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.AxisSpace;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;

/// Draws a chart as dots over a logarithmic axis.
///
/// It is tempting to draw bars. But a logarithmic axis has no zero, so that their lengths would say
/// nothing; a dot says where it is.
final class DotPlot {
    static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
    private static final Font HEAD = new Font(Font.SANS_SERIF, Font.BOLD, 18);
    private static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    static final Color INK = new Color(0x222222);
    private static final Color FAINT = new Color(0xdddddd);
    private static final int WIDTH = 860;
    private static final int NAMES = 180; // the width of what stands before the rows
    private static final int LINE = 18;

    private final Chart chart;

    private DotPlot(Chart chart) {
        this.chart = chart;
    }

    /// Returns a chart as SVG.
    static String draw(Chart chart) {
        var plot = new DotPlot(chart);
        int height = chart.panels().stream().mapToInt(plot::height).sum();
        return Svg.draw(new Dimension(WIDTH, height), chart.title(), chart.captions(),
                plot::paint);
    }

    private void paint(Graphics2D graphics) {
        TextUtils.setUseFontMetricsGetStringBounds(true); // the other way rounds widths
        graphics.setPaint(Color.WHITE);
        graphics.fillRect(0, 0, WIDTH, chart.panels().stream().mapToInt(this::height).sum());
        int top = 0;
        for (var panel : chart.panels()) {
            int height = height(panel);
            drawing(panel).draw(graphics, new Rectangle2D.Double(0, top, WIDTH, height));
            top += height;
        }
    }

    private int height(Panel panel) {
        boolean named = panel.marks().anyMatch(mark -> mark.place() == Chart.Place.ABOVE);
        return panel.rows().size() * (named ? 62 : 26) + 58
                + (isFirst(panel) ? 62 : 0)
                + (isLast(panel) ? 15 + LINE * chart.captions().size() : 0);
    }

    private boolean isFirst(Panel panel) {
        return panel.equals(chart.panels().getFirst());
    }

    private boolean isLast(Panel panel) {
        return panel.equals(chart.panels().getLast());
    }

    private JFreeChart drawing(Panel panel) {
        var drawing = new JFreeChart(null, PLAIN, plot(panel), false);
        drawing.setBackgroundPaint(Color.WHITE);
        drawing.setPadding(new RectangleInsets(10, 10, 5, 25));
        if (isFirst(panel)) {
            drawing.setTitle(text(chart.title(), HEAD));
            drawing.addSubtitle(legend(drawing.getXYPlot()));
        }
        if (isLast(panel)) {
            // Those added first are the lowest.
            for (var caption : chart.captions().reversed()) {
                var line = text(caption, SMALL);
                line.setPosition(RectangleEdge.BOTTOM);
                drawing.addSubtitle(line);
            }
        }
        return drawing;
    }

    private static TextTitle text(String text, Font font) {
        var title = new TextTitle(text, font);
        title.setPaint(INK);
        title.setHorizontalAlignment(HorizontalAlignment.LEFT);
        return title;
    }

    private static LegendTitle legend(XYPlot plot) {
        var legend = new LegendTitle(plot);
        legend.setItemFont(PLAIN);
        legend.setItemPaint(INK);
        legend.setItemLabelPadding(new RectangleInsets(2, 5, 2, 16));
        legend.setPosition(RectangleEdge.TOP);
        legend.setHorizontalAlignment(HorizontalAlignment.LEFT);
        legend.setFrame(BlockBorder.NONE);
        return legend;
    }

    private XYPlot plot(Panel panel) {
        var marks = new Marks(panel);
        var plot = new XYPlot(marks.dataset(), Decades.axis(panel), names(panel), marks.renderer());
        plot.setFixedLegendItems(legendItems());
        plot.setBackgroundPaint(Color.WHITE);
        plot.setOutlineVisible(false);
        plot.setDomainGridlinePaint(FAINT);
        plot.setDomainGridlineStroke(Marks.THIN);
        plot.setRangeGridlinePaint(FAINT);
        plot.setRangeGridlineStroke(Marks.THIN);
        var space = new AxisSpace();
        space.setLeft(NAMES);
        plot.setFixedRangeAxisSpace(space);
        return plot;
    }

    private LegendItemCollection legendItems() {
        var items = new LegendItemCollection();
        Arrays.stream(Family.values()).filter(this::isDrawn).forEach(family ->
                items.add(new LegendItem(family.title(), null, null, null,
                        Marks.shape(family), new Color(family.colour()))));
        return items;
    }

    private boolean isDrawn(Family family) {
        return chart.panels().stream().flatMap(Panel::marks).map(Mark::family)
                .anyMatch(family::equals);
    }

    private static ValueAxis names(Panel panel) {
        var names = new SymbolAxis(null,
                panel.rows().stream().map(Row::name).toArray(String[]::new));
        names.setInverted(true);
        names.setRange(-0.5, panel.rows().size() - 0.5);
        names.setGridBandsVisible(false);
        names.setTickLabelFont(PLAIN);
        names.setTickLabelPaint(INK);
        names.setAxisLineVisible(false);
        names.setTickMarksVisible(false);
        return names;
    }
}
