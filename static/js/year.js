// The year at a glance: where it is wider than the screen it starts a little before this week.
// A button leads to the weeks before; without this it starts in August and scrolls by hand.
for (const view of document.querySelectorAll("[data-year]")) {
  const earlier = document.querySelector("[data-earlier]");
  const now = view.querySelector(".now");
  const names = view.querySelector(".year-name");
  if (now) {
    const before = view.getBoundingClientRect().left + names.offsetWidth + 40;
    view.scrollLeft += now.getBoundingClientRect().left - before;
  }
  const show = () => { earlier.hidden = view.scrollLeft < 1; };
  earlier.addEventListener("click", () => { view.scrollTo({ left: 0 }); view.focus(); });
  view.addEventListener("scroll", show);
  show();
}
