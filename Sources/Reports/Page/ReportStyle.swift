/// The page's style sheet: light and dark by the reader's setting, always light on paper.
enum ReportStyle {
  static let css = """

    :root { color-scheme: light dark;
      --paper: #fbfaf7; --card: #ffffff; --ink: #1c2530; --soft: #5b6672; --rule: #e2e0d8;
      --twin: #1f6fb4; --band: #1f6fb4; --good: #2c7a4b; --bad: #b3261e; --warn: #9a6700;
      --warn-paper: #fdf3d8; --b-step: #5b6672; --b-current: #c98a00; --b-voltage: #1f6fb4;
      --b-temperature: #d0482b; --b-plating: #7a4fc4; --b-target: #2c7a4b; --b-fallback: #b3261e; }
    @media screen and (prefers-color-scheme: dark) { :root {
      --paper: #14181d; --card: #1b2027; --ink: #e6e8ea; --soft: #98a2ad; --rule: #2d343d;
      --twin: #6cb2ee; --band: #6cb2ee; --good: #6cc08b; --bad: #f28b82; --warn: #e3b341;
      --warn-paper: #2e2713; --b-step: #98a2ad; --b-current: #e0b040; --b-voltage: #6cb2ee;
      --b-temperature: #f0866c; --b-plating: #b596f0; --b-target: #6cc08b; --b-fallback: #f28b82; } }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--paper); color: var(--ink);
      font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
    main { max-width: 1040px; margin: 0 auto; padding: 40px 28px 56px; }
    h1 { font-size: 28px; line-height: 1.2; margin: 2px 0 10px; letter-spacing: -0.01em;
      overflow-wrap: anywhere; }
    h2 { font-size: 17px; margin: 40px 0 12px; }
    h3 { font-size: 12px; margin: 0; font-weight: 600; color: var(--soft); }
    code { font: 12.5px/1.4 ui-monospace, "SF Mono", Menlo, Consolas, monospace;
      overflow-wrap: anywhere; }
    .eyebrow { margin: 0; font-size: 12px; letter-spacing: 0.06em; text-transform: uppercase;
      color: var(--soft); }
    .outcome { margin: 0 0 16px; font-weight: 600; }
    .outcome.good { color: var(--good); } .outcome.bad { color: var(--bad); }
    .outcome::before { content: "\\25cf\\00a0"; }
    .override { margin: 0 0 16px; padding: 10px 14px; border-left: 4px solid var(--warn);
      background: var(--warn-paper); border-radius: 0 6px 6px 0; }
    .override strong { margin-right: 8px; }
    .facts { display: grid; grid-template-columns: max-content 1fr max-content 1fr; margin: 0;
      gap: 4px 18px; font-size: 14px; }
    .comparison + .facts { margin-top: 40px; }
    .facts dt { color: var(--soft); } .facts dd { margin: 0; overflow-wrap: anywhere; }
    .tiles { display: grid; grid-template-columns: repeat(3, 1fr); gap: 12px; margin-top: 28px; }
    .tile { background: var(--card); border: 1px solid var(--rule); border-radius: 8px;
      padding: 12px 16px; }
    .value { margin: 2px 0 0; font-size: 24px; font-variant-numeric: tabular-nums; }
    .note { margin: 0; font-size: 12.5px; color: var(--soft); font-variant-numeric: tabular-nums; }
    .lead { margin: 0 0 6px; color: var(--soft); font-size: 14px; }
    .verdict { margin: 0 0 16px; padding: 14px 18px; font-size: 17px; background: var(--card);
      border: 1px solid var(--rule); border-left: 4px solid var(--twin); border-radius: 0 8px 8px 0; }
    .scroll { overflow-x: auto; } .comparison .figure { margin-top: 16px; }
    table { border-collapse: collapse; width: 100%; font-size: 13.5px;
      font-variant-numeric: tabular-nums; }
    th { text-align: left; font-weight: 600; color: var(--soft); font-size: 12px; }
    th, td { padding: 5px 14px 5px 0; border-bottom: 1px solid var(--rule); vertical-align: top; }
    .phases td:nth-child(n+3), .phases th:nth-child(n+3), .inputs td:nth-child(3),
    .inputs th:nth-child(3) { text-align: right; }
    .events td:nth-child(-n+3), .inputs td:nth-child(-n+2) { white-space: nowrap; }
    tr.warning td:nth-child(2) { color: var(--warn); font-weight: 600; }
    tr.fault td:nth-child(2), tr.trip td:nth-child(2) { color: var(--bad); font-weight: 600; }
    .figure { display: block; width: 100%; height: auto; background: var(--card);
      border: 1px solid var(--rule); border-radius: 8px; }
    .figure text { font-family: inherit; fill: var(--ink); }
    .figure .title { font-size: 13px; font-weight: 600; }
    .figure .unit { font-weight: 400; fill: var(--soft); }
    .figure .tick { font-size: 11px; fill: var(--soft); font-variant-numeric: tabular-nums; }
    .figure .readout { font-size: 12px; font-variant-numeric: tabular-nums; }
    .grid { stroke: var(--rule); stroke-width: 1; }
    .zero { stroke: var(--soft); stroke-width: 1; }
    line.margin { stroke: var(--b-plating); stroke-width: 1.2; stroke-dasharray: 5 4; }
    .figure .key.margin { fill: var(--b-plating); }
    .mark { stroke: var(--soft); stroke-width: 1; stroke-dasharray: 2 3; }
    .cursor { stroke: var(--ink); stroke-width: 1; opacity: 0; pointer-events: none; }
    .curve { fill: none; stroke: var(--ink); stroke-width: 1.3; stroke-linejoin: round; }
    .curve.wide { stroke-width: 3.4; opacity: 0.3; }
    .curve.thin { stroke-width: 1; }
    .curve.twin { stroke: var(--twin); stroke-width: 1.3; }
    .curve.edge { stroke: var(--twin); stroke-width: 0.8; stroke-dasharray: 3 2; }
    .curve.ambient { stroke: var(--soft); stroke-width: 1; }
    .figure .key { font-size: 10px; }
    .figure .key.measured { fill: var(--ink); } .figure .key.ambient { fill: var(--soft); }
    .figure .key.twin, .figure .key.edge { fill: var(--twin); }
    .band { fill: var(--band); opacity: 0.18; stroke: none; }
    .area { opacity: 0.16; stroke: none !important; fill: var(--c); }
    .curve[class*="b-"] { stroke: var(--c); } .key[class*="b-"] { fill: var(--c) !important; }
    .fill { fill: var(--c); } .swatch { background: var(--c); }
    .b-step, .b-none { --c: var(--b-step); } .b-current { --c: var(--b-current); }
    .b-voltage { --c: var(--b-voltage); } .b-temperature { --c: var(--b-temperature); }
    .b-plating_margin { --c: var(--b-plating); } .b-target { --c: var(--b-target); }
    .b-fallback { --c: var(--b-fallback); }
    .bar { fill: var(--twin); opacity: 0.75; }
    .rank { stroke: var(--ink); stroke-width: 1; stroke-dasharray: 3 3; }
    .shares { display: block; width: 100%; height: 14px; border-radius: 4px; }
    .legend { list-style: none; display: flex; flex-wrap: wrap; gap: 4px 22px; padding: 0;
      margin: 8px 0 14px; font-size: 13.5px; font-variant-numeric: tabular-nums; }
    .swatch { display: inline-block; width: 10px; height: 10px; border-radius: 2px;
      margin-right: 7px; }
    footer { margin-top: 40px; padding-top: 14px; border-top: 1px solid var(--rule);
      color: var(--soft); font-size: 12.5px; }
    @media (max-width: 760px) { .tiles { grid-template-columns: repeat(2, 1fr); }
      .facts { grid-template-columns: max-content 1fr; } main { padding: 24px 14px; } }
    @media print { body { background: #fff; font-size: 10.5pt; } main { max-width: none; padding: 0; }
      .tile, .figure, table { break-inside: avoid; } .events { break-inside: auto; }
      .comparison { break-after: page; }
      h2 { break-after: avoid; } }

    """
}
