// A live session: listens for "changed", fetches the shared screen, keeps the clock, and never takes a field
// away from somebody who is typing.
(function () {
  "use strict";
  const shared = document.getElementById("shared"), mine = document.getElementById("mine");
  const spoken = document.getElementById("spoken"), offline = document.getElementById("offline");
  const words = document.getElementById("draft-words") ? document.getElementById("draft-words").dataset : {};
  const GRACE = 20000, ARMED = 6000, UNDO = 10000;
  let head = shared.querySelector("[data-version]").dataset;
  let version = head.version, position = head.position, state = head.state;
  let skew = 0, tip = "", opened = false, focused = null, stepTimer = 0;

  // -- listening ---------------------------------------------------------------------------------------
  const look = () => htmx.trigger(shared, "changed");
  let stream = null, lost = 0;
  function listen() {
    if (stream) stream.close();
    stream = new EventSource(shared.dataset.stream);
    stream.addEventListener("changed", look);
    stream.addEventListener("closed", () => location.reload());
    stream.onopen = () => { lost = 0; offline.hidden = true; };
    stream.onerror = () => { lost = lost || Date.now(); };
  }
  listen();
  setInterval(() => { // the fallback: ask every two seconds while the stream is gone
    if (!lost) return;
    offline.hidden = Date.now() - lost < 4000;
    if (stream.readyState === EventSource.CLOSED) listen();
    look();
  }, 2000);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) { if (stream.readyState === EventSource.CLOSED) listen(); look(); } });
  window.addEventListener("online", () => { listen(); look(); });

  document.body.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt === shared) event.detail.parameters.v = version;
  });

  // A button that is being pressed must not be swapped away under the finger.
  let holding = false, skipped = false, release = 0;
  function letGo() {
    holding = false;
    if (skipped) { skipped = false; look(); }
  }
  document.addEventListener("pointerdown", () => { clearTimeout(release); holding = true; });
  ["pointerup", "pointercancel"].forEach((name) => document.addEventListener(name, () => {
    clearTimeout(release);
    release = setTimeout(letGo, 60); // the click itself comes after the finger has gone
  }));
  window.addEventListener("blur", letGo);

  // -- a new shared screen -----------------------------------------------------------------------------
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const reply = event.detail.xhr;
    if (new URL(reply.responseURL).pathname.startsWith("/inloggen")) { // logged out: what is typed stays here
      event.detail.shouldSwap = false;
      offline.textContent = words.out;
      offline.hidden = false;
      return;
    }
    if (event.detail.target !== shared) return;
    if (reply.status >= 400) { event.detail.shouldSwap = false; return location.reload(); }
    if (holding) { event.detail.shouldSwap = false; skipped = true; return; }
    if (reply.getResponseHeader("X-Version") === version) { event.detail.shouldSwap = false; return; }
    const more = shared.querySelector(".dock-more");
    opened = Boolean(more && more.open);
    const form = document.activeElement && shared.contains(document.activeElement) && document.activeElement.closest("form");
    focused = form ? [form.getAttribute("action"), document.activeElement.textContent.trim()] : null;
  });
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target === mine) clock();
    if (event.detail.target !== shared) return;
    const now = shared.querySelector("[data-version]").dataset;
    if (now.state !== state && (now.state === "closed" || now.state === "cancelled")) return location.reload();
    const moved = now.position !== position || now.state !== state;
    version = now.version; position = now.position; state = now.state;
    restore(); showArmed(); clock(); undoStrip(); sayTip();
    if (moved) stepChanged(); else if (owed || (mine && mine.querySelector("[data-follow]") && !halfWritten())) renew();
  });
  function restore() {
    const more = shared.querySelector(".dock-more");
    if (more && opened) more.open = true;
    if (!focused) return;
    const same = [...shared.querySelectorAll("form")].filter((form) => form.getAttribute("action") === focused[0]).map((form) => form.querySelector("button"));
    const button = same.find((found) => found.textContent.trim() === focused[1]) || same[0] || shared.querySelector(".dock button");
    if (button) button.focus();
  }
  function sayTip() {
    const card = shared.querySelector(".spotlight");
    const text = card ? card.innerText : "";
    if (text && text !== tip) spoken.textContent = text;
    tip = text;
  }
  function undoStrip() {
    shared.querySelectorAll("[data-undo]").forEach((strip) => {
      setTimeout(() => strip.remove(), Math.max(0, Number(strip.dataset.undo) + UNDO - Date.now() - skew));
    });
  }

  // -- my own part -------------------------------------------------------------------------------------
  const typing = () => mine && mine.contains(document.activeElement) && document.activeElement.matches("textarea, input:not([type=radio])");
  const halfWritten = () => typing() || [...mine.querySelectorAll("textarea")].some((field) => field.value !== field.defaultValue);
  let owed = 0; // what I did shows on the shared screen first, for everybody; my own part follows
  function renew() {
    clearTimeout(owed);
    clearTimeout(stepTimer);
    owed = 0;
    if (mine) htmx.trigger(mine, "refresh");
  }
  function stepChanged() {
    clearTimeout(stepTimer);
    if (!mine) return;
    if (owed || !typing() || !document.activeElement.value) { window.scrollTo({ top: 0 }); return renew(); }
    const done = () => { if (window.drafts) window.drafts.flush(); setTimeout(renew, 300); };
    const note = mine.querySelector(".further") || document.createElement("div");
    note.className = "further alert alert-warning";
    note.setAttribute("role", "status");
    note.textContent = words.further + " ";
    const along = document.createElement("button");
    along.type = "button";
    along.className = "btn btn-sm btn-outline-primary";
    along.textContent = words.along;
    along.addEventListener("click", done);
    note.append(along);
    document.activeElement.closest("form, details, #mine").before(note);
    stepTimer = setTimeout(done, GRACE);
  }
  document.body.addEventListener("mine", () => { owed = owed || setTimeout(renew, 400); if (lost) look(); });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful && event.detail.elt.tagName === "FORM") document.getElementById("trouble").replaceChildren();
  });
  document.body.addEventListener("htmx:sendError", () => { lost = lost || Date.now(); });

  // -- "2 still busy, go on anyway?" -------------------------------------------------------------------
  let armed = null; // outlives a new screen: the question stays asked
  function showArmed() {
    const form = armed && shared.querySelector('form[data-ask][action="' + armed.action + '"]');
    if (!form || Date.now() > armed.until) { armed = null; return; }
    form.dataset.armed = "1";
    form.querySelector("button").textContent = form.dataset.ask;
  }
  document.addEventListener("submit", (event) => {
    const form = event.target, action = form.getAttribute("action");
    if (!form.dataset.ask) return;
    if (armed && armed.action === action && Date.now() < armed.until) { armed = null; return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    const button = form.querySelector("button"), label = button.textContent;
    armed = { action: action, until: Date.now() + ARMED };
    showArmed();
    setTimeout(() => { delete form.dataset.armed; button.textContent = label; showArmed(); }, ARMED);
  }, true);

  // -- marks by keyboard -------------------------------------------------------------------------------
  document.addEventListener("keydown", (event) => {
    const row = event.target.closest && event.target.closest("[data-marks]");
    if (!row || (event.key !== "ArrowRight" && event.key !== "ArrowLeft")) return;
    const buttons = [...row.querySelectorAll("button")];
    const next = buttons[(buttons.indexOf(event.target) + (event.key === "ArrowRight" ? 1 : buttons.length - 1)) % buttons.length];
    next.focus();
    event.preventDefault();
  });

  // -- the clock: the server's end time, this browser only counts down to it -----------------------------
  function setSkew() {
    const now = mine && mine.querySelector("[data-now]");
    if (now && now.dataset.now !== setSkew.last) { setSkew.last = now.dataset.now; skew = Number(now.dataset.now) - Date.now(); }
  }
  const told = new Set();
  function clock() {
    setSkew();
    shared.querySelectorAll("[data-clock]").forEach((face) => {
      const left = face.dataset.ends ? Math.round((Number(face.dataset.ends) - Date.now() - skew) / 1000) : Number(face.dataset.left);
      const planned = Number(face.dataset.planned), s = Math.abs(left);
      face.textContent = (left < 0 ? "-" : "") + String(Math.floor(s / 60)).padStart(2, "0") + ":" + String(s % 60).padStart(2, "0");
      face.classList.toggle("late", left <= planned * 0.2);
      face.classList.toggle("over", left <= planned * 0.05);
      if (face.getAttribute("role") === "timer" && face.dataset.ends) inWords(face.parentElement.querySelector("[data-clock-words]"), left);
    });
  }
  function inWords(line, left) {
    line.textContent = left <= 0 ? line.dataset.over : left < 60 ? line.dataset.last : "";
    [["five", 300], ["one", 60], ["half", 30]].forEach(([name, at]) => {
      const key = position + name;
      if (left <= at && left > at - 5 && !told.has(key)) { told.add(key); spoken.textContent = line.dataset[name]; }
    });
  }
  setInterval(clock, 500);
  clock();
  undoStrip();
  // A live session is activity, on the board too; a screen that nobody looks at is none.
  setInterval(() => { if (!document.hidden) fetch(mine ? mine.getAttribute("hx-get") : location.href); }, 300000);
})();
