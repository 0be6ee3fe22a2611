"use strict";
// What is selected in the comment goes into the field that replaces words. The form works without it.
const text = document.getElementById("comment-text");
const field = document.getElementById("words");
if (text && field) {
  document.querySelectorAll(".script-only").forEach((hint) => { hint.hidden = false; });
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    const chosen = selection.toString().trim();
    const inside = selection.rangeCount && text.contains(selection.getRangeAt(0).commonAncestorContainer);
    if (inside && chosen && chosen.length <= field.maxLength) field.value = chosen;
  });
}
