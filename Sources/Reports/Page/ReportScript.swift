/// The page's only script: a line under the pointer and the values of that moment. Without it the
/// page loses nothing else.
enum ReportScript {
  static let javascript = """

    "use strict";
    for (const svg of document.querySelectorAll("svg.figure[id]")) {
      const source = document.getElementById(svg.id + "-data");
      if (!source) continue;
      const data = JSON.parse(source.textContent);
      const cursor = svg.querySelector(".cursor");
      const texts = data.panels.map((panel) => {
        const text = document.createElementNS("http://www.w3.org/2000/svg", "text");
        text.setAttribute("class", "readout");
        text.setAttribute("text-anchor", "end");
        text.setAttribute("x", data.left + data.width);
        text.setAttribute("y", panel.y);
        svg.appendChild(text);
        return text;
      });
      const clock = (s) => {
        const whole = Math.round(s), pad = (n) => String(n).padStart(2, "0");
        return Math.floor(whole / 3600) + ":" + pad(Math.floor(whole / 60) % 60) + ":" + pad(whole % 60);
      };
      const number = (x, digits) => x.toFixed(digits).replace("-", "\\u2212");
      const clear = () => {
        cursor.style.opacity = 0;
        for (const text of texts) text.textContent = "";
      };
      svg.addEventListener("pointerleave", clear);
      svg.addEventListener("pointermove", (event) => {
        const box = svg.getBoundingClientRect();
        const x = (event.clientX - box.left) / box.width * svg.viewBox.baseVal.width;
        const share = (x - data.left) / data.width;
        const at = Math.floor(share * data.times.length);
        if (share < 0 || share >= 1 || data.times[at] === null) return clear();
        const time = data.times[at];
        const place = data.left + (time - data.start) / (data.end - data.start) * data.width;
        cursor.setAttribute("x1", place);
        cursor.setAttribute("x2", place);
        cursor.style.opacity = 0.5;
        data.panels.forEach((panel, index) => {
          const parts = panel.values
            .filter((v) => data.values[at][v.key] !== null)
            .map((v) => (v.name ? v.name + " " : "") + number(data.values[at][v.key], v.decimals));
          if (panel.binding && data.bindings[at]) parts.push(data.bindings[at]);
          texts[index].textContent = (index === 0 ? clock(time) + "   " : "") + parts.join("   ");
        });
      });
    }

    """
}
