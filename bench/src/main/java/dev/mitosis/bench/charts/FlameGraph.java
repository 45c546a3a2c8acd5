package dev.mitosis.bench.charts;

import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// Writes a flame graph as SVG: a box for each method, as wide as its share, those that it calls
/// above it.
///
/// It has no script: a document shows it as a picture. Opened by itself it tells full names and
/// shares where the pointer is. The same recordings give the same bytes.
final class FlameGraph {
    private static final int WIDTH = 860;
    private static final int SIDE = 10;
    private static final int LINE = 17;
    private static final int HEAD = 36;
    private static final double LETTER = 6.7; // its width
    private static final double LEAST = 4; // narrower boxes are left out

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;

    /// The processes of one role.
    ///
    /// @param name the role
    /// @param root all that they did
    record Part(String name, Frame root) {
        double width(Frame frame) {
            return frame.samples() * (WIDTH - 2.0 * SIDE) / root.samples();
        }

        List<Frame> wideChildren(Frame frame) {
            return frame.children().stream().filter(child -> width(child) >= LEAST).toList();
        }

        /// How many boxes are on top of each other, without that of all.
        int depth() {
            return depth(root) - 1;
        }

        private int depth(Frame frame) {
            return 1 + wideChildren(frame).stream().mapToInt(this::depth).max().orElse(0);
        }
    }

    private FlameGraph() throws XMLStreamException {
        xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
    }

    /// Returns a picture of parts, one above the other.
    static String draw(String title, List<Part> parts, String caption) {
        try {
            var graph = new FlameGraph();
            graph.picture(title, parts, caption);
            return graph.text + "\n";
        } catch (XMLStreamException e) {
            throw new IllegalStateException("cannot write into memory", e);
        }
    }

    private void picture(String title, List<Part> parts, String caption)
            throws XMLStreamException {
        int height = 2 * HEAD
                + parts.stream().mapToInt(part -> HEAD + LINE * part.depth()).sum();
        xml.writeStartElement("svg");
        attributes("xmlns", "http://www.w3.org/2000/svg", "viewBox",
                "0 0 " + WIDTH + " " + height, "width", WIDTH, "height", height,
                "font-family", "Menlo,'DejaVu Sans Mono',Consolas,monospace", "font-size", 11);
        element("title", title);
        box(0, 0, WIDTH, height, "#ffffff");
        xml.writeEndElement();
        label(SIDE, 26, title, "font-size", 18, "font-weight", "bold",
                "font-family", "'DejaVu Sans',Verdana,sans-serif");
        int bottom = HEAD;
        for (var part : parts) {
            bottom += HEAD + LINE * part.depth();
            label(SIDE, bottom - LINE * part.depth() - 8,
                    "%s, %,d samples".formatted(part.name(), part.root().samples()),
                    "font-size", 14, "font-family", "'DejaVu Sans',Verdana,sans-serif");
            children(part, part.root(), SIDE, bottom);
        }
        label(SIDE, height - 12, caption, "font-size", 12,
                "font-family", "'DejaVu Sans',Verdana,sans-serif");
        xml.writeEndElement();
    }

    private void children(Part part, Frame frame, double left, int bottom)
            throws XMLStreamException {
        double x = left;
        for (var child : part.wideChildren(frame)) {
            double width = part.width(child);
            box(x, bottom - LINE, width - 0.5, LINE - 1, colour(child));
            element("title", "%s: %.1f %%".formatted(
                    child.name(), 100.0 * child.samples() / part.root().samples()));
            xml.writeEndElement();
            int letters = (int) ((width - 6) / LETTER);
            if (letters >= 3) {
                label(x + 3, bottom - 5, cut(child.shortName(), letters));
            }
            children(part, child, x, bottom - LINE);
            x += width;
        }
    }

    private static String cut(String name, int letters) {
        return name.length() <= letters ? name : name.substring(0, letters - 1) + "\u2026";
    }

    private static String colour(Frame frame) {
        if (frame.name().startsWith("dev.mitosis.bench.")) {
            return "#b9dcae";
        }
        return frame.name().startsWith("dev.mitosis.") ? "#a5c8f0" : "#f5d7a3";
    }

    /// Begins one; its title, if any, and its end are to be written.
    private void box(double x, double y, double width, double height, String colour)
            throws XMLStreamException {
        xml.writeCharacters("\n");
        xml.writeStartElement("rect");
        attributes("x", x, "y", y, "width", width, "height", height, "fill", colour);
    }

    private void label(double x, double y, String line, Object... more)
            throws XMLStreamException {
        xml.writeCharacters("\n");
        xml.writeStartElement("text");
        attributes("x", x, "y", y);
        attributes(more);
        xml.writeCharacters(line);
        xml.writeEndElement();
    }

    private void element(String name, String content) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(content);
        xml.writeEndElement();
    }

    private void attributes(Object... namesAndValues) throws XMLStreamException {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            var value = namesAndValues[i + 1] instanceof Double number
                    ? String.format(Locale.ROOT, "%.1f", number)
                    : namesAndValues[i + 1].toString();
            xml.writeAttribute(namesAndValues[i].toString(), value);
        }
    }
}
