// Saves each card of a plan by itself: when the writer pauses or leaves it. What is being typed is kept by
// autosave.js meanwhile. "Saved" is said only of text that the server acknowledged and that still stands there.
(function () {
  "use strict";
  const PAUSE = 2000, SOON = 400, AGAIN = 3000, OFFLINE_AFTER = 10000, PATIENCE = 3000, CATCH_UP = 800, TYPING = 4000;
  const words = document.getElementById("card-words").dataset;
  const states = new Map(); // form -> what is known about it
  const turns = new Map(); // version name -> the save that runs, as cards of one row wait for each other

  const cards = () => [...document.querySelectorAll("form[data-card]")];
  const cardOf = (element) => element.closest("form[data-card]");
  const seenOf = (form) => form.querySelector("input[name=seen]");
  const conflictOf = (form) => document.getElementById(form.id + "-conflict");
  const token = () => JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];

  function contents(form) {
    const data = new FormData(form);
    ["seen", "csrfmiddlewaretoken", "submit"].forEach((name) => data.delete(name));
    return new URLSearchParams(data).toString();
  }
  function stateOf(form) {
    if (!states.has(form)) states.set(form, { saved: null, timer: 0, since: 0, touched: false, stopped: false });
    return states.get(form);
  }
  // What a browser can't read as a day it sends as nothing: that is no text to save.
  const unreadable = (form) => [...form.elements].find((field) => field.validity && field.validity.badInput);
  const isDirty = (form) => contents(form) !== stateOf(form).saved || unreadable(form) !== undefined;

  // failed: it stays to be seen until it is mended. copy: with a button to rescue the text.
  function say(form, text, failed, copy) {
    const line = form.querySelector("[data-card-state]");
    line.textContent = text;
    line.classList.toggle("save-failed", Boolean(failed));
    if (!copy) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-link btn-sm";
    button.textContent = words.copy;
    button.addEventListener("click", () => navigator.clipboard.writeText(
      [...form.querySelectorAll("textarea")].map((field) => field.value).filter(Boolean).join("\n\n")));
    line.append(" ", button);
  }

  // The version is kept with the text, so that after a reload it is still known what the text was typed on.
  function touch(form) {
    stateOf(form).touched = true;
    window.drafts.forget(seenOf(form));
    seenOf(form).dispatchEvent(new Event("input", { bubbles: true }));
  }

  function later(form, wait) {
    const state = stateOf(form);
    clearTimeout(state.timer);
    state.timer = setTimeout(() => save(form), wait);
  }

  function save(form) {
    const key = form.dataset.version;
    const turn = (turns.get(key) || Promise.resolve()).then(() => post(form));
    turns.set(key, turn);
    return turn;
  }

  async function post(form) {
    const state = stateOf(form);
    clearTimeout(state.timer);
    if (state.stopped || !isDirty(form)) return;
    const bad = unreadable(form);
    if (bad) return refuse(form, contents(form), { [bad.name]: [bad.validationMessage] });
    say(form, words.busy);
    await window.drafts.keep(form);
    const sent = contents(form);
    state.seen = Number(seenOf(form).value);
    try {
      await judge(form, sent, await send(form));
    } catch (error) {
      state.since = state.since || Date.now();
      const long = Date.now() - state.since > OFFLINE_AFTER;
      say(form, long ? words.offline : words.unsaved, long, long);
      later(form, AGAIN);
    }
  }

  function send(form) {
    const body = new URLSearchParams(new FormData(form)).toString();
    const type = "application/x-www-form-urlencoded;charset=UTF-8";
    return fetch(form.getAttribute("action"), {
      method: "POST", body: body, redirect: "error", keepalive: body.length < 60000,
      headers: { "Content-Type": type, "X-CSRFToken": token(), "X-Card": "save" },
    });
  }

  async function judge(form, sent, reply) {
    const json = (reply.headers.get("Content-Type") || "").startsWith("application/json");
    if (reply.ok && json) return accept(form, sent, await reply.json());
    if (reply.status === 409 && !json) return conflict(form, await reply.text());
    if ((reply.status === 422 || reply.status === 409) && json) return refuse(form, sent, (await reply.json()).errors);
    throw new Error(reply.status);
  }

  // Cards of one row count one version. Another card goes along with this save only if it shows the version this
  // save was made on: else it shows what was written on another screen since, and stays as old as it is.
  function accept(form, sent, answer) {
    const state = stateOf(form), before = state.seen;
    Object.assign(state, { saved: sent, since: 0, touched: false });
    showErrors(form, {});
    for (const other of cards()) {
      if (other.dataset.version !== form.dataset.version) continue;
      const along = answer.seen === before + 1 && Number(seenOf(other).value) === before;
      if (other !== form && !along) continue;
      seenOf(other).value = answer.seen;
      if (!stateOf(other).stopped && isDirty(other)) touch(other);
    }
    if (!isDirty(form)) return say(form, words.saved + " " + answer.saved_at);
    say(form, words.unsaved);
    later(form, PAUSE);
  }

  function refuse(form, sent, errors) {
    stateOf(form).since = 0;
    showErrors(form, errors);
    say(form, errors.__all__ ? words.not + ": " + errors.__all__.join(" ") : words.refused, true);
    if (contents(form) !== sent) later(form, PAUSE);
  }

  function conflict(form, html) {
    Object.assign(stateOf(form), { stopped: true, since: 0 });
    conflictOf(form).innerHTML = html;
    say(form, words.conflict, true);
  }

  function showErrors(form, errors) {
    form.querySelectorAll("[data-card-error]").forEach((line) => line.remove());
    form.querySelectorAll("[aria-invalid]").forEach((field) => {
      field.removeAttribute("aria-invalid");
      field.classList.remove("is-invalid");
      field.removeAttribute("aria-describedby");
    });
    for (const [name, texts] of Object.entries(errors)) {
      const field = form.elements.namedItem(name);
      if (!field || field.type === "hidden") continue;
      const line = document.createElement("p");
      line.className = "invalid-feedback d-block";
      line.dataset.cardError = "";
      line.id = field.id + "-error";
      line.textContent = texts.join(" ");
      const row = field.closest(".card-grid"); // too narrow for a sentence
      if (row) row.append(line);
      else field.after(line);
      field.classList.add("is-invalid");
      field.setAttribute("aria-invalid", "true");
      field.setAttribute("aria-describedby", line.id);
      for (let around = field.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
    }
  }

  function typed(event) {
    const form = cardOf(event.target);
    if (!form || event.target.name === "seen") return;
    const state = stateOf(form);
    if (state.stopped) return;
    state.typedAt = Date.now();
    if (!isDirty(form)) {
      if (state.touched) { // it is again as it is saved
        state.touched = false;
        showErrors(form, {});
        say(form, "");
      }
      return;
    }
    if (!state.touched) touch(form);
    say(form, words.unsaved);
    later(form, event.target.matches("select, [type=checkbox]") ? SOON : PAUSE);
  }
  document.addEventListener("input", typed);
  document.addEventListener("change", typed);
  document.addEventListener("focusout", (event) => {
    const form = cardOf(event.target);
    if (form && !form.contains(event.relatedTarget) && isDirty(form)) save(form);
  });
  window.addEventListener("pagehide", () => {
    cards().forEach((form) => { if (!stateOf(form).stopped && isDirty(form)) send(form).catch(() => {}); });
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-card-mine]");
    if (!button) return;
    const form = document.getElementById(button.dataset.cardMine);
    seenOf(form).value = button.dataset.seen;
    stateOf(form).stopped = false;
    conflictOf(form).textContent = "";
    touch(form);
    save(form);
    form.querySelector("textarea, input:not([type=hidden])").focus();
  });

  const patience = () => new Promise((done) => setTimeout(done, PATIENCE));

  // A link waits for them too: the page it leads to may show what is being saved.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]"), dirty = cards().filter(isDirty);
    if (!link || !dirty.length || event.defaultPrevented || event.button !== 0 || link.target) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    Promise.race([Promise.allSettled(dirty.map(save)), patience()]).then(() => location.assign(link.href));
  });

  // Another button of the page waits until the cards are saved; "keep what is saved" lets its card go.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("form[data-card]")) {
      event.preventDefault();
      save(form);
      return;
    }
    const dropped = form.closest("[data-card-conflict]");
    const dirty = cards().filter(isDirty);
    if (!form.closest("main") || !(dropped || dirty.length)) return;
    event.preventDefault();
    const card = dropped && document.getElementById(dropped.dataset.cardConflict);
    const waits = dirty.filter((each) => each !== card).map(save);
    if (card) waits.push(window.drafts.still(card));
    Promise.race([Promise.allSettled(waits), patience()]).then(() => {
      if (card) stateOf(card).stopped = true;
      HTMLFormElement.prototype.submit.call(form);
    });
  });

  const isTyping = (form) => form.contains(document.activeElement) && Date.now() - (stateOf(form).typedAt || 0) < TYPING;

  // Brings the cards up to date with `page`, this page as it reads now, except where somebody typed since; whether
  // that was nowhere. drafts: also with what this person typed on another screen and did not save.
  function bring(page, drafts) {
    let all = true;
    for (const form of cards()) {
      const fresh = page.getElementById(form.id), state = stateOf(form);
      if (!fresh || (fresh.dataset.unsaved && !drafts)) continue;
      const same = contents(fresh) === contents(form);
      if (state.stopped || isDirty(form) || isTyping(form)) {
        if (!same || seenOf(fresh).value !== seenOf(form).value) all = false;
        continue;
      }
      seenOf(form).value = seenOf(fresh).value;
      if (same) continue;
      for (const field of form.elements) {
        const other = field.name && fresh.elements.namedItem(field.name);
        if (other && field.name !== "csrfmiddlewaretoken") fill(field, other);
      }
      state.saved = fresh.dataset.unsaved ? null : contents(form);
      save(form);
    }
    return all;
  }
  function fill(field, other) {
    if (field.value === other.value && field.checked === other.checked) return;
    const here = field === document.activeElement && field.tagName === "TEXTAREA" ? field.selectionStart : null;
    field.value = other.value;
    if (field.type === "checkbox") field.checked = other.checked;
    if (here !== null) field.setSelectionRange(here, here);
  }

  // A page that is loaded anew may have been on its way before the last words of the old one were saved.
  async function catchUp() {
    const text = await (await fetch(location.href, { redirect: "error" })).text();
    bring(new DOMParser().parseFromString(text, "text/html"), true);
  }
  const arrived = performance.getEntriesByType("navigation")[0];
  if (!arrived || arrived.type !== "navigate") setTimeout(() => catchUp().catch(() => {}), CATCH_UP);

  // Where the browser can't do it by itself (static/css/cards.css), a box grows with its text.
  function grow(field) {
    if (field.scrollHeight > field.clientHeight) field.style.height = field.scrollHeight + 4 + "px";
  }
  if (!CSS.supports("field-sizing", "content")) {
    const boxes = "form[data-card] textarea";
    document.querySelectorAll(boxes).forEach(grow);
    document.addEventListener("input", (event) => { if (event.target.matches(boxes)) grow(event.target); });
  }

  document.body.classList.add("cards-live");
  function begin(form) {
    if (!form.dataset.unsaved) stateOf(form).saved = contents(form);
    else save(form); // typed earlier, and cut short
  }
  cards().forEach(begin);
  // For together.js. busy: something in `element` is not saved yet, or is being typed.
  const busy = (element) => cards().some((form) => element.contains(form)
    && (stateOf(form).stopped || isDirty(form) || isTyping(form)));
  window.cards = { bring: bring, begin: begin, busy: busy, cardOf: cardOf };
})();
