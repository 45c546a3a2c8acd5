/// Pictures of what was measured, for the documents.
///
/// `bench/charts` starts [dev.mitosis.bench.charts.ChartsMain]. Read in this order: `ChartsMain`,
/// `Results`, `Family`, `Chart`, `Charts`, which say what is drawn, and `DotPlot`, `Marks`,
/// `Decades` and `Svg`, which draw it. `bench/flames` starts
/// [dev.mitosis.bench.charts.FlamesMain], which draws with `Frame` and `FlameGraph`.
@org.jspecify.annotations.NullMarked
package dev.mitosis.bench.charts;
