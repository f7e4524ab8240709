// Which votes are mine: the shared screen is the same for everybody, so my own part says which buttons I pressed.
(function () {
  "use strict";
  function show() {
    const mine = document.querySelector("[data-votes]");
    const given = new Set((mine ? mine.dataset.votes : "").split(" "));
    document.querySelectorAll("form[data-vote]").forEach((form) => {
      form.querySelector("button").setAttribute("aria-pressed", String(given.has(form.dataset.vote)));
    });
  }
  document.body.addEventListener("htmx:afterSwap", show);
  show();
})();
