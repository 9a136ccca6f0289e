/// What is around every page: head, style sheet, JSON block and script.
enum PageShell {
  /// A whole file.
  ///
  /// - Parameters:
  ///   - title: escaped.
  ///   - content: of the main element.
  ///   - json: the numbers, safe inside a script element.
  ///   - style: rules after those of every page.
  static func document(
    title: String, content: String, json: String, style: String = ""
  ) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="generator" content="Lockstep">
    <title>\(title)</title>
    <style>\(ReportStyle.css)\(style)</style>
    </head>
    <body>
    <main>
    \(content)
    </main>
    <script type="application/json" id="lockstep-numbers">\(json)</script>
    <script>\(ReportScript.javascript)</script>
    </body>
    </html>

    """
  }
}
