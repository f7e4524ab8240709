// Closes the open menu of the top bar on Escape and on a press outside it; it opens and closes without this too.
document.addEventListener("keydown", (event) => {
  const menu = document.querySelector("details.user-menu[open]");
  if (event.key !== "Escape" || !menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  const menu = document.querySelector("details.user-menu[open]");
  if (menu && !menu.contains(event.target)) menu.open = false;
});
