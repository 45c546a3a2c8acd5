package dev.mitosis.bench.charts;

import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/// An SVG document that is drawn like a window: the same strokes give the same bytes.
///
/// Text stays text, in a font of the reader's system. The fonts of where a picture is drawn make a
/// difference to positions only.
final class Svg {
    private static final String NAMESPACE = "http://www.w3.org/2000/svg";

    /// Letters of the same widths, which every system has under one of these names: else texts
    /// that are centred or end somewhere would be centred or end elsewhere.
    private static final String FONTS = "font-family:'DejaVu Sans',Verdana,sans-serif";

    private Svg() {}

    /// Returns a picture on white ground.
    static String draw(Dimension size, String title, List<String> lines,
            Consumer<Graphics2D> painter) {
        var graphics = new SVGGraphics2D(context(), false);
        graphics.setSVGCanvasSize(size);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS,
                RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        painter.accept(graphics);
        var root = graphics.getRoot();
        root.setAttributeNS(null, "viewBox", "0 0 " + size.width + " " + size.height);
        root.setAttributeNS(null, "role", "img");
        var first = root.getFirstChild();
        root.insertBefore(element(root, "title", title), first);
        root.insertBefore(element(root, "desc", String.join("\n", lines)), first);
        return text(graphics, root);
    }

    private static SVGGeneratorContext context() {
        try {
            Document document = DocumentBuilderFactory.newNSInstance().newDocumentBuilder()
                    .getDOMImplementation().createDocument(NAMESPACE, "svg", null);
            var context = SVGGeneratorContext.createDefault(document);
            context.setComment(null);
            context.setPrecision(2);
            return context;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("this JDK has no XML", e);
        }
    }

    private static Element element(Element root, String name, String text) {
        var element = root.getOwnerDocument().createElementNS(NAMESPACE, name);
        element.setTextContent(text);
        return element;
    }

    private static String text(SVGGraphics2D graphics, Element root) {
        try (var writer = new StringWriter()) {
            graphics.stream(root, writer, true, false);
            return writer.toString().replace("font-family:sans-serif", FONTS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
