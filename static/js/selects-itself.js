// An address to copy: all of it is selected, so that Ctrl+C is enough.
for (const field of document.querySelectorAll("[data-selects-itself]")) {
  field.addEventListener("focus", () => field.select());
  field.addEventListener("click", () => field.select());
  field.focus();
}
