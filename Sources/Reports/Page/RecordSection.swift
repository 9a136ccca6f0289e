import Journal
import Quantities
import Records

/// What happened, and the files that the run was made from.
enum RecordSection {
  private static let mostEvents = 500

  static func html(_ facts: ReportFacts) -> String {
    let events = facts.events.prefix(mostEvents).map { event in
      """
      <tr class="\(event.severity.name)"><td>\(Format.duration(event.time.value))</td>\
      <td>\(event.severity.name)</td><td><code>\(Format.escaped(event.id))</code></td>\
      <td>\(Format.escaped(event.message))</td></tr>
      """
    }
    let hidden = facts.events.count - events.count
    let rest = hidden > 0 ? "<p class=\"lead\">\(hidden) more stand in the journal.</p>" : ""
    let inputs = facts.inputs.map { input in
      """
      <tr><td>\(Format.escaped(input.role))</td><td>\(Format.escaped(input.name))</td>\
      <td>\(input.content.count)</td><td><code>\(Format.escaped(input.sha256))</code></td></tr>
      """
    }
    return """
      <section><h2>Events</h2>
      <div class="scroll"><table class="events"><thead><tr><th scope="col">Time</th>\
      <th scope="col">Severity</th><th scope="col">Event</th><th scope="col">What</th></tr></thead>
      <tbody>\(events.joined(separator: "\n"))</tbody></table></div>\(rest)</section>
      <section><h2>Input files</h2>
      <div class="scroll"><table class="inputs"><thead><tr><th scope="col">Role</th>\
      <th scope="col">File</th><th scope="col">Bytes</th><th scope="col">SHA-256</th></tr></thead>
      <tbody>\(inputs.joined(separator: "\n"))</tbody></table></div></section>
      """
  }
}
