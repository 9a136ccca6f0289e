/// Elements of a picture; colours and widths are classes of the page's style sheet.
enum SVG {
  /// A straight line.
  static func line(
    _ style: String, from a: (x: Double, y: Double), to b: (x: Double, y: Double)
  ) -> String {
    """
    <line class="\(style)" x1="\(Format.svg(a.x))" y1="\(Format.svg(a.y))" \
    x2="\(Format.svg(b.x))" y2="\(Format.svg(b.y))"/>
    """
  }

  /// A small label; `anchor` is `start`, `middle` or `end`.
  static func label(_ text: String, x: Double, y: Double, anchor: String) -> String {
    """
    <text class="tick" text-anchor="\(anchor)" x="\(Format.svg(x))" y="\(Format.svg(y))">\
    \(Format.escaped(text))</text>
    """
  }

  /// A filled rectangle that says `title` under the pointer.
  static func bar(
    _ style: String, x: Double, y: Double, width: Double, height: Double, title: String
  ) -> String {
    """
    <rect class="\(style)" x="\(Format.svg(x))" y="\(Format.svg(y))" width="\(Format.svg(width))" \
    height="\(Format.svg(height))"><title>\(Format.escaped(title))</title></rect>
    """
  }

  /// One entry of a legend inside a title.
  static func key(_ mark: String, _ style: String, _ name: String) -> String {
    """
    <tspan class="key \(style)" dx="12">\(mark) </tspan>\
    <tspan class="unit">\(Format.escaped(name))</tspan>
    """
  }
}
