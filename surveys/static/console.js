"use strict";
// Draws each chart from the figure that stands beside it, and follows work that is under way. Pages work without it.
for (const place of document.querySelectorAll(".chart[data-figure]")) {
  place.classList.add("drawn");
  const figure = JSON.parse(document.getElementById(place.dataset.figure).textContent);
  // A narrow screen has room for every third month and for the words of the newest signal: the table has all of them.
  const months = figure.layout.xaxis.tickvals;
  if (months && place.clientWidth < 480) {
    figure.layout.xaxis.tickvals = months.filter((_month, at) => at % 3 === 0);
    for (const trace of figure.data.filter((one) => one.mode === "markers+text")) {
      const newest = trace.text.findLastIndex((words) => words);
      trace.text = trace.text.map((words, at) => (at === newest ? words : ""));
    }
  }
  Plotly.newPlot(place, figure.data, figure.layout, { displayModeBar: false, responsive: true });
  // A point leads where the link of its row in the table leads.
  place.on("plotly_click", (event) => {
    const address = event.points[0].customdata;
    if (typeof address === "string" && address.startsWith("/")) location.assign(address);
  });
}
const running = document.querySelector("progress[data-address]");
if (running) {
  // Opening this page again would cut off the way of somebody who is just going elsewhere, on a slow line for seconds.
  let leaving = -Infinity;
  addEventListener("beforeunload", () => { leaving = performance.now(); });
  // Whether the work has ended and the page is opened again.
  const show = async (answer) => {
    const batch = await answer.json();
    if (batch.progress !== undefined) {
      running.value = batch.progress;
      running.textContent = `${batch.progress}%`;
    }
    document.getElementById("progress-words").textContent = batch.words || `${batch.progress}% read`;
    const ended = batch.running === false || batch.state === "loaded" || batch.state === "refused";
    if (!ended || performance.now() - leaving <= 30000) return false;
    location.reload();
    return true;
  };
  const look = async () => {
    try {
      const answer = await fetch(running.dataset.address, { headers: { Accept: "application/json" } });
      // Who is signed out, or may not look any more, is not told by looking on; a server that is down comes back.
      if (!answer.ok && answer.status < 500) return;
      if (answer.ok && (await show(answer))) return;
    } catch { /* no network: look again */ }
    setTimeout(look, 1000);
  };
  setTimeout(look, 500);
}
