"use strict";
// A screen that many people share: where nobody touches it, it asks whether somebody is there and then starts again.
// Pages work without it, by their own links.
const idle = document.getElementById("idle");
if (idle) {
  const AFTER = 30, WARNED = 20, REFRESHED = 300;
  const notice = idle.firstElementChild, resting = "resting" in idle.dataset;
  let touched = Date.now(), leaving = false, before = document.body;

  // The first page is asked for before this one is left: without a network the screen stays ours and tries again.
  const startAgain = async () => {
    if (leaving) return;
    leaving = true;
    for (const form of document.forms) form.reset();
    try {
      const answer = await fetch(idle.dataset.start, { method: "HEAD", cache: "no-store" });
      if (answer.status < 500) return location.replace(idle.dataset.start);
    } catch { /* no network: try again */ }
    document.querySelector("main").hidden = !resting;
    setTimeout(() => { leaving = false; startAgain(); }, 5000);
  };
  const look = () => {
    const seconds = (Date.now() - touched) / 1000;
    if (seconds >= (resting ? REFRESHED : AFTER)) startAgain();
    else if (!resting && seconds >= AFTER - WARNED) ask();
  };
  const ask = () => {
    if (!notice.hidden) return;
    before = document.activeElement;
    notice.hidden = false;
  };
  const goOn = () => {
    if (notice.contains(document.activeElement)) before.focus();
    notice.hidden = true;
  };
  const listen = (kinds, act) => kinds.forEach((kind) => addEventListener(kind, act, { capture: true, passive: true }));
  listen(["pointerdown", "pointermove", "keydown", "click", "input", "focusin", "wheel", "scroll"], () => { touched = Date.now(); });
  // Only once the touch is over: the button must not go from under the finger and leave the touch to what is below.
  listen(["click", "input", "wheel", "scroll"], goOn);
  listen(["keydown"], (event) => { if (event.key !== "Tab" && !notice.contains(event.target)) goOn(); });
  setInterval(look, 500);
  // Back must not show what somebody else left: a page kept by the browser starts again at once.
  addEventListener("pageshow", (event) => { if (event.persisted) startAgain(); });
}
