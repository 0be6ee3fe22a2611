"use strict";
// Draws each chart from the figure that stands beside it, and follows a running import. Pages work without it.
for (const place of document.querySelectorAll(".chart[data-figure]")) {
  place.classList.add("drawn");
  const figure = JSON.parse(document.getElementById(place.dataset.figure).textContent);
  Plotly.newPlot(place, figure.data, figure.layout, { displayModeBar: false, responsive: true });
}
const running = document.querySelector("progress[data-address]");
if (running) {
  const look = async () => {
    const answer = await fetch(running.dataset.address, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const batch = await answer.json();
    running.value = batch.progress;
    running.textContent = `${batch.progress}%`;
    document.getElementById("progress-words").textContent = `${batch.progress}% read`;
    if (batch.state === "loaded" || batch.state === "refused") location.reload();
    else setTimeout(look, 1000);
  };
  setTimeout(look, 500);
}
