// Closes an open menu (of the top bar, of the dock) on Escape and on a press outside it; it works without this too.
const MENUS = "details.user-menu[open], details.dock-more[open]";
document.addEventListener("keydown", (event) => {
  const menu = document.querySelector(MENUS);
  if (event.key !== "Escape" || !menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  const menu = document.querySelector(MENUS);
  if (menu && !menu.contains(event.target)) menu.open = false;
});
