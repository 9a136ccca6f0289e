/// What pictures of an analysis need on top of the style of every page.
enum AnalysisStyle {
  static let css = """
    .results { margin: 0 0 14px; } .figure { margin: 0 0 14px; }
    .results td:nth-child(n+2) code { white-space: nowrap; }
    .frame { fill: none; stroke: var(--rule); stroke-width: 1; }
    .ellipse { fill: var(--band); fill-opacity: 0.14; stroke: var(--twin); stroke-width: 1.3; }
    .dot { fill: var(--twin); } .expected { fill: none; stroke: var(--soft); stroke-width: 1;
      stroke-dasharray: 3 3; }
    .interval { fill: var(--band); opacity: 0.12; }
    .bar.rival { fill: var(--soft); opacity: 0.45; }
    line.limit { stroke: var(--bad); stroke-width: 1; stroke-dasharray: 5 4; }
    .figure .key.limit { fill: var(--bad); }
    .figure .name { font-size: 11px; font-weight: 600; }

    """
}
