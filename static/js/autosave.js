// Keeps what somebody types: every field with data-draft is saved while typing. The line beside it says
// "saved" only for text the server has acknowledged.
(function () {
  "use strict";
  const WAIT = 700, OFFLINE_AFTER = 10000;
  const words = document.getElementById("draft-words").dataset;
  const kept = new Map(); // draft name -> what is known about it

  const token = () => JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
  const fieldOf = (name) => document.querySelector('[data-draft="' + name + '"]');
  function stateOf(name) {
    if (!kept.has(name)) kept.set(name, { seq: 0, timer: 0, saving: null, acked: null, since: 0 });
    return kept.get(name);
  }

  // What tells which version a text is typed on is kept with it, each time: another screen may have dropped it.
  function marksOf(field) {
    if (!field.form || field.type === "hidden") return [];
    const marks = ["seen", "seen_" + field.name].map((name) => field.form.elements.namedItem(name));
    return marks.filter((mark) => mark && mark.dataset && mark.dataset.draft).map((mark) => mark.dataset.draft);
  }

  function say(name, text, copy) {
    const field = fieldOf(name);
    if (field && field.type === "hidden") return;
    const form = field && (field.closest("form") || field.parentElement);
    let line = form && form.querySelector("[data-draft-status]");
    if (field && form && !line) {
      line = document.createElement("p");
      line.className = "soft";
      line.dataset.draftStatus = "";
      field.after(line);
    }
    if (!line) return;
    line.textContent = text;
    if (copy) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-link btn-sm";
      button.textContent = words.copy;
      button.addEventListener("click", () => navigator.clipboard.writeText(field.value));
      line.append(" ", button);
    }
  }

  async function save(name) {
    const state = stateOf(name), field = fieldOf(name);
    if (!field || state.saving) return state.saving;
    const text = field.value;
    if (text === state.acked) return null;
    for (const mark of marksOf(field)) {
      stateOf(mark).acked = null;
      save(mark);
    }
    state.saving = send(name, state, text).finally(() => { state.saving = null; });
    return state.saving;
  }

  async function send(name, state, text) {
    const seq = ++state.seq;
    try {
      const body = new URLSearchParams({ field: name, text: text, seq: seq });
      const reply = await fetch(words.url, {
        method: "POST", body: body, keepalive: body.toString().length < 60000, redirect: "error",
        headers: { "X-CSRFToken": token() },
      });
      if (reply.status === 422) return say(name, (await reply.json()).too_long ? words.long : words.not, true);
      if (reply.status === 409) return say(name, words.full, true);
      if (!reply.ok) throw new Error(reply.status);
      const answer = await reply.json();
      if (answer.seq !== seq || !answer.held) { // another page was further: go on from there
        state.seq = answer.seq;
        return later(name, 0);
      }
      state.acked = text;
      state.since = 0;
      const field = fieldOf(name);
      if (field && field.value === text) say(name, words.saved + " " + answer.saved_at);
      else later(name, 0);
    } catch (error) {
      state.since = state.since || Date.now();
      say(name, Date.now() - state.since > OFFLINE_AFTER ? words.offline : words.unsaved, Date.now() - state.since > OFFLINE_AFTER);
      later(name, 2000);
    }
  }

  function later(name, wait) {
    const state = stateOf(name);
    clearTimeout(state.timer);
    state.timer = setTimeout(() => save(name), wait);
  }

  document.addEventListener("input", (event) => {
    const name = event.target.dataset && event.target.dataset.draft;
    if (!name) return;
    say(name, words.unsaved);
    const state = stateOf(name);
    if (!state.timer || !state.dueAt || Date.now() > state.dueAt + 2000) state.dueAt = Date.now();
    later(name, Date.now() - state.dueAt > 1300 ? 0 : WAIT);
  });
  document.addEventListener("focusout", (event) => {
    const name = event.target.dataset && event.target.dataset.draft;
    if (name && stateOf(name).timer) save(name);
  });
  function flush() { kept.forEach((state, name) => { if (state.timer) save(name); }); }
  document.addEventListener("visibilitychange", () => { if (document.hidden) flush(); });
  window.addEventListener("pagehide", flush);

  // A form that is sent carries the text itself: no late draft may bring it back afterwards.
  function settle(form) {
    const names = [...form.querySelectorAll("[data-draft]")].map((field) => field.dataset.draft);
    names.forEach((name) => { const state = stateOf(name); clearTimeout(state.timer); state.timer = 0; state.acked = null; });
    return Promise.allSettled(names.map((name) => stateOf(name).saving).filter(Boolean));
  }
  document.addEventListener("htmx:confirm", (event) => {
    const form = event.detail.elt;
    if (form.tagName !== "FORM" || !form.querySelector("[data-draft]")) return;
    event.preventDefault();
    settle(form).then(() => event.detail.issueRequest(true));
  });
  document.addEventListener("submit", (event) => { settle(event.target); });
  // For cards.js. keep: what stands in the form is kept before it is sent. still: nothing of it is sent any more.
  // forget: a text that was acknowledged is sent anew when it is typed again.
  async function keep(form) {
    for (const field of form.querySelectorAll("[data-draft]")) {
      const name = field.dataset.draft;
      if (!kept.has(name)) continue;
      const state = stateOf(name);
      clearTimeout(state.timer);
      state.timer = 0;
      await state.saving;
      for (let tries = 0; tries < 3 && state.acked !== field.value; tries += 1) await save(name);
      if (state.acked === field.value) clearTimeout(state.timer);
    }
  }
  function forget(field) { stateOf(field.dataset.draft).acked = null; }
  window.drafts = { flush: flush, keep: keep, still: settle, forget: forget };
})();
