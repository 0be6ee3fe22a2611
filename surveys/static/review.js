"use strict";
// Single keys for those who want them: off until ticked, and remembered by this browser. The page works without it.
const form = document.getElementById("review");
const choice = document.getElementById("keys");
if (form && choice) {
  const kept = "fairly-review-keys";
  const keys = new Map();
  const marks = [];
  const give = (fields, letters) => {
    [...fields].slice(0, letters.length).forEach((field, place) => {
      keys.set(letters[place], () => { field.click(); field.focus(); });
      const mark = document.createElement("kbd");
      mark.textContent = letters[place].toUpperCase();
      mark.setAttribute("aria-hidden", "true");
      mark.hidden = true;
      field.labels[0].append(" ", mark);
      marks.push(mark);
    });
  };
  give(form.querySelectorAll("[name=topics]"), "1234567890qwertyuio");
  give(form.querySelectorAll("[name=sentiment]"), "zxc");
  keys.set("s", () => document.getElementById("save").click());
  keys.set("k", () => document.getElementById("skip").click());
  const show = () => { for (const mark of marks) mark.hidden = !choice.checked; };
  choice.checked = localStorage.getItem(kept) === "on";
  choice.addEventListener("change", () => {
    localStorage.setItem(kept, choice.checked ? "on" : "off");
    show();
  });
  document.addEventListener("keydown", (event) => {
    const act = keys.get(event.key.toLowerCase());
    if (!choice.checked || !act || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    act();
  });
  document.getElementById("shortcuts").hidden = false;
  show();
}
