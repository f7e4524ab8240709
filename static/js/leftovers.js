// Text that was still standing at an earlier step: copy it, or put it in the box of this step.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert], [data-copy]");
  if (!button) return;
  const text = document.getElementById(button.dataset.insert || button.dataset.copy).value;
  if (button.dataset.copy) {
    navigator.clipboard.writeText(text).then(() => { button.textContent = button.dataset.copied; });
    return;
  }
  const box = document.querySelector("#mine .card-form textarea[name=text]");
  if (!box) return;
  box.value = box.value ? box.value + "\n" + text : text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
});
