package dev.mitosis.bench.charts;

import dev.mitosis.bench.charts.Chart.Mark;
import dev.mitosis.bench.charts.Chart.Panel;
import dev.mitosis.bench.charts.Chart.Place;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;

/// A logarithmic axis that is marked at the powers of ten.
final class Decades extends NumberFormat {
    private static final long serialVersionUID = 1;
    private static final double MARGIN = 1.5;
    private static final double MARGIN_OF_LABEL = 3;

    private Decades() {}

    static ValueAxis axis(Panel panel) {
        double least = panel.marks().mapToDouble(Decades::begin).min().orElseThrow();
        double most = panel.marks().mapToDouble(Decades::end).max().orElseThrow();
        double low = Math.floor(Math.log10(least));
        double high = Math.ceil(Math.log10(most));
        // Two powers of ten make an axis readable; where there are more, no room is wasted.
        boolean isLong = high - low > 3;

        var axis = new LogAxis(panel.axis());
        axis.setTickUnit(new NumberTickUnit(1));
        axis.setNumberFormatOverride(new Decades());
        axis.setRange(isLong ? least : Math.pow(10, low), isLong ? most : Math.pow(10, high));
        axis.setLabelFont(DotPlot.PLAIN);
        axis.setLabelPaint(DotPlot.INK);
        axis.setTickLabelFont(DotPlot.PLAIN);
        axis.setTickLabelPaint(DotPlot.INK);
        axis.setMinorTickMarksVisible(false);
        return axis;
    }

    private static double begin(Mark mark) {
        return switch (mark.place()) {
            case ABOVE, BELOW -> mark.value() / MARGIN_OF_LABEL;
            case RIGHT, NOWHERE -> mark.value() / MARGIN;
        };
    }

    private static double end(Mark mark) {
        return mark.value() * (mark.place() == Place.NOWHERE ? MARGIN : MARGIN_OF_LABEL);
    }

    @Override
    public StringBuffer format(double value, StringBuffer to, FieldPosition position) {
        var digits = Chart.brief(value);
        return to.append(digits.contains(".") ? digits.replaceAll("\\.?0+(?=\\D?$)", "") : digits);
    }

    @Override
    public StringBuffer format(long value, StringBuffer to, FieldPosition position) {
        return format((double) value, to, position);
    }

    @Override
    public Number parse(String text, ParsePosition position) {
        throw new UnsupportedOperationException("an axis is not read");
    }
}
