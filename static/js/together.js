// Writing together: shows who writes where, and the saved text of others in cards in which one does not type oneself.
// What stands on this screen and is not saved is never touched: that is for cards.js, which asks when two differ.
(function () {
  "use strict";
  const EVERY = 3000, SAY_EVERY = 5000, STILL_WRITING = 10000, OUT = [401, 403, 404];
  const page = document.getElementById("together").dataset;
  let stamp = page.stamp, here = "", typedAt = 0, said = "", saidAt = 0, timer = 0, asking = false;

  const token = () => JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
  const keyOf = (form) => form.id.replace(/^card-/, "");

  function ask(field) {
    if (field === undefined) return fetch(page.url, { redirect: "error" });
    said = field;
    saidAt = Date.now();
    return fetch(page.url, {
      method: "POST", body: new URLSearchParams({ field: field }), redirect: "error", keepalive: true,
      headers: { "X-CSRFToken": token() },
    });
  }

  function toSay() {
    const field = Date.now() - typedAt < STILL_WRITING ? here : "";
    if (field !== said) return field;
    return field && Date.now() - saidAt > SAY_EVERY ? field : undefined;
  }

  async function tick() {
    clearTimeout(timer);
    if (document.hidden || asking) return;
    asking = true;
    try {
      const reply = await ask(toSay());
      if (OUT.includes(reply.status)) return; // no longer a member: the page itself says so when it is loaded anew
      if (reply.ok) await show(await reply.json());
    } catch (error) { /* no connection: cards.js says what is not saved */ } finally { asking = false; }
    timer = setTimeout(tick, EVERY);
  }

  async function show(told) {
    document.querySelectorAll("[data-writing]").forEach((line) => {
      const text = told.writing[line.dataset.writing] || "";
      if (line.textContent !== text) line.textContent = text;
      line.hidden = !text;
      const around = line.closest("details");
      if (around) around.classList.toggle("written-in", Boolean(text));
    });
    if (told.stamp === stamp) return;
    const text = await (await fetch(location.href, { redirect: "error" })).text();
    const fresh = new DOMParser().parseFromString(text, "text/html");
    const marks = fresh.getElementById("together");
    if (!marks) return;
    if (marks.dataset.layout !== page.layout) { // handed in, taken back, answered: another page by now
      if (!window.cards.busy(document.body)) location.reload();
      return;
    }
    if (apply(fresh)) stamp = marks.dataset.stamp;
  }

  // Whether all of it could be shown: what is being typed in now waits for the next time.
  function apply(fresh) {
    let all = true;
    for (const rows of fresh.querySelectorAll("[data-rows]")) {
      const mine = document.querySelector('[data-rows="' + rows.dataset.rows + '"]');
      if (mine) all = arrange(mine, [...rows.children]) && all;
    }
    all = window.cards.bring(fresh, false) && all;
    for (const part of fresh.querySelectorAll("[data-fresh]")) {
      const mine = document.querySelector('[data-fresh="' + part.dataset.fresh + '"]');
      if (!mine || ("withText" in part.dataset && !all)) continue; // a yes is for the text that is on the screen
      all = replace(mine, part) && all;
    }
    return all;
  }

  function arrange(mine, wanted) {
    let all = true;
    const keys = wanted.map((row) => row.id);
    for (const row of [...mine.children]) {
      if (keys.includes(row.id)) continue;
      if (window.cards.busy(row)) all = false;
      else row.remove();
    }
    for (const row of wanted) {
      if (document.getElementById(row.id)) continue;
      const copy = document.importNode(row, true);
      const next = keys.slice(keys.indexOf(row.id) + 1).map((key) => document.getElementById(key)).find(Boolean);
      mine.insertBefore(copy, next || null);
      copy.querySelectorAll("form[data-card]").forEach(window.cards.begin);
    }
    const order = [...mine.children].map((row) => row.id).filter((key) => keys.includes(key));
    if (order.join() !== keys.join()) {
      if (mine.contains(document.activeElement)) return false;
      keys.forEach((key) => mine.append(document.getElementById(key)));
    }
    return all;
  }

  function replace(mine, part) {
    const typed = [...mine.querySelectorAll("textarea")].some((field) => field.value !== field.defaultValue);
    const focused = mine.contains(document.activeElement) && document.activeElement.matches("textarea, input");
    if (typed || focused) return false;
    if (mine.textContent.trim() === part.textContent.trim() && !("withText" in part.dataset)) return true;
    const open = [...mine.querySelectorAll("details")].map((each) => each.open);
    const name = mine.contains(document.activeElement) && document.activeElement.textContent;
    mine.className = part.className;
    mine.replaceChildren(...[...part.childNodes].map((node) => document.importNode(node, true)));
    mine.querySelectorAll("details").forEach((each, place) => { each.open = each.open || Boolean(open[place]); });
    if (name) { // who walks by keyboard stays where they were
      const same = [...mine.querySelectorAll("button, a, summary")].find((each) => each.textContent === name);
      if (same) same.focus();
    }
    return true;
  }

  document.addEventListener("input", (event) => {
    const form = window.cards.cardOf(event.target);
    if (!form || event.target.name === "seen" || !event.isTrusted) return;
    const key = keyOf(form), fresh = key !== here || Date.now() - typedAt > STILL_WRITING;
    here = key;
    typedAt = Date.now();
    if (fresh) tick();
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) tick(); });
  window.addEventListener("pagehide", () => { if (said) ask("").catch(() => {}); });
  timer = setTimeout(tick, EVERY);
})();
