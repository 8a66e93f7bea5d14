// What makes pages quicker and safer where scripts run; every page works without it.
import { initAll } from "./nhsuk/nhsuk-frontend-10.6.1.min.js";

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
initAll();

// ---------------------------------------------------------------- autosave
// <form data-autosave="/draft/address/" data-kind="…" data-page="…">: what is typed is sent there every ten seconds while it changes, and when
// the page is hidden. The server answers 2xx when it has it.
const AUTOSAVE_EVERY = 10000;

function autosave(form) {
  const said = form.querySelector("[data-autosave-said]") ?? document.createElement("p");
  said.className = "pairs-autosave";
  said.setAttribute("role", "status");
  if (!said.isConnected) form.append(said);
  let saved = wording(form);
  let sending = false;
  let submitted = false;

  async function save() {
    const now = wording(form);
    if (sending || submitted || now === saved) return;
    sending = true;
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: new URLSearchParams(
          `${now}&kind=${form.dataset.kind}&page=${form.dataset.page}&path=${encodeURIComponent(location.pathname)}`,
        ),
        headers: { "X-Requested-With": "fetch" },
        redirect: "manual",
        keepalive: now.length < 60000, // browsers refuse more than 64 KB when the page is leaving
      });
      if (answer.status === 409) {
        said.textContent = "This page was changed on another device too. Press the button below to see both texts.";
        return;
      }
      if (answer.status === 425) return; // this form has just been saved: what it says anew is sent once more
      if (!answer.ok) throw new Error(answer.status);
      saved = now;
      const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
      said.textContent = `Draft saved at ${time}`;
    } catch {
      said.textContent = "Not saved yet: the service cannot be reached. Keep this page open.";
    } finally {
      sending = false;
    }
  }

  form.addEventListener("input", () => {
    if (said.textContent !== "Not saved yet") said.textContent = "Not saved yet";
  });
  form.addEventListener("submit", () => (submitted = true));
  setInterval(save, AUTOSAVE_EVERY);
  addEventListener("pagehide", save);
  addEventListener("pageshow", () => (submitted = false));
  document.addEventListener("visibilitychange", () => document.hidden && save());
}

function wording(form) {
  return new URLSearchParams(new FormData(form)).toString();
}

// ---------------------------------------------------------------- one more of a formset
function formset(box) {
  const total = box.querySelector(`[name="${box.dataset.formset}-TOTAL_FORMS"]`);
  const most = box.querySelector(`[name="${box.dataset.formset}-MAX_NUM_FORMS"]`);
  const button = box.querySelector(".pairs-formset__add");
  const template = box.querySelector("template");
  if (!button || !template) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const number = Number(total.value);
    const holder = document.createElement("div");
    holder.innerHTML = template.innerHTML.replaceAll("__prefix__", number).replaceAll("__number__", number + 1);
    const item = holder.firstElementChild;
    button.before(item);
    total.value = number + 1;
    button.hidden = Number(most.value) <= number + 1;
    item.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    item.querySelectorAll("[data-reveals]").forEach(reveal);
    initAll({ scope: item });
  });
}

// ---------------------------------------------------------------- search
// "/" goes to the page's own search box, else to the one in the header; never away from something being typed.
addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const box = document.querySelector("main [data-search]") ?? document.querySelector("[data-search]");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});

// ---------------------------------------------------------------- leave quickly
// <a data-quick-exit href="https://…">: for a parent whose page someone else must not see. Escape, three times.
function quickExit(link) {
  const leave = () => {
    document.body.hidden = true;
    location.replace(link.href);
  };
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  let escapes = [];
  addEventListener("keyup", (event) => {
    if (event.key !== "Escape") return;
    escapes = [...escapes, Date.now()].filter((at) => Date.now() - at < 3000);
    if (escapes.length >= 3) leave();
  });
}

// ---------------------------------------------------------------- a field under an option
// <input type="radio" data-reveals="id">: what it opens is hidden until it is chosen. (The design system's own script
// puts aria-expanded on radios, where it is not allowed.)
function reveal(input) {
  const part = document.getElementById(input.dataset.reveals);
  const show = () => (part.hidden = !input.checked);
  show();
  input.form?.addEventListener("change", (event) => event.target.name === input.name && show());
  addEventListener("pageshow", show);
}

// ---------------------------------------------------------------- a sheet of answers, typed
// <div data-scales>: on a row of answers, the key of a value picks it and goes on to the next row. Where two keys could
// make a number (10), the arrow keys and the space bar do what they always do.
function scales(box) {
  const rows = [...box.querySelectorAll("fieldset")];
  box.addEventListener("keydown", (event) => {
    const row = event.target.closest("fieldset");
    if (!row || event.ctrlKey || event.altKey || event.metaKey || !/^[0-9]$/.test(event.key)) return;
    const picked = row.querySelector(`input[type=radio][value="${event.key}"]`);
    if (!picked || row.querySelector('input[value="10"]')) return;
    event.preventDefault();
    picked.click();
    const next = rows[rows.indexOf(row) + 1];
    const here = next?.querySelector("input:checked") ?? next?.querySelector("input") ?? picked;
    here.focus();
  });
}

// ---------------------------------------------------------------- who did not come, and why
// What asks for a reason, or for another number, shows its box by the style sheet; a press on it goes there as well. The
// arrow keys do not: they pass over it on their way.
document.querySelectorAll("[data-asks-why], [data-opens-box]").forEach((input) => {
  const part = input.closest(".pairs-person, fieldset");
  const box = part.querySelector(input.hasAttribute("data-asks-why") ? ".pairs-person__why input" : "input[type=number]");
  if (!box) return;
  document.querySelector(`label[for="${input.id}"]`).addEventListener("click", () => setTimeout(() => box.focus()));
});
// <details data-folded-on-phone>: open where there is room; without scripts open everywhere.
if (matchMedia("(max-width: 40em)").matches) {
  document.querySelectorAll("details[data-folded-on-phone]").forEach((part) => {
    part.open = Boolean(part.querySelector(".nhsuk-error-message"));
  });
}

document.querySelectorAll("[data-scales]").forEach(scales);
document.querySelectorAll("[data-reveals]").forEach(reveal);
// Every form of a signed-in person in which one may write at length keeps what is written, unless it says how itself.
document.querySelectorAll("input[name=submission][data-autosave]").forEach(({ form, dataset }) => {
  if (form.dataset.autosave || !form.elements.author || !form.querySelector("textarea")) return;
  form.dataset.autosave = dataset.autosave;
  form.dataset.kind = "kept";
  form.dataset.page = "";
});
document.querySelectorAll("form[data-autosave]").forEach(autosave);
document.querySelectorAll("[data-formset]").forEach(formset);
document.querySelectorAll("[data-quick-exit]").forEach(quickExit);
// A passkey that was refused or cancelled says so; allauth's own script is silent.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const said = document.createElement("div");
  said.className = "pairs-message pairs-message--error";
  said.setAttribute("role", "alert");
  said.innerHTML = "<p>The passkey did not work, or was cancelled. Try again, or use another way.</p>";
  document.querySelector("main").prepend(said);
});
// <form data-apply-at-once>: what is chosen in it applies at once; without scripts its button does that.
document.querySelectorAll("form[data-apply-at-once]").forEach((form) => {
  form.querySelectorAll("button[type=submit]").forEach((button) => (button.hidden = true));
  form.addEventListener("change", () => form.requestSubmit());
});
// One menu at a time; a press elsewhere or Escape closes it.
const closeMenus = (except) =>
  document.querySelectorAll("details.pairs-menu[open]").forEach((menu) => menu !== except && (menu.open = false));
addEventListener("click", (event) => closeMenus(event.target.closest("details.pairs-menu")));
addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.activeElement?.closest("details.pairs-menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => print());
});
// A list on paper says when it was true. A letter is not a list.
addEventListener("beforeprint", () => {
  const main = document.querySelector("main");
  if (!main || document.querySelector(".pairs-paper")) return;
  const line = main.querySelector(".pairs-printed") ?? document.createElement("p");
  line.className = "pairs-printed";
  line.textContent = `Printed ${new Date().toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" })}`;
  main.prepend(line);
});
// <button data-copy="id" hidden>: puts the text of that box on the clipboard, and says so in [data-copied="id"].
document.querySelectorAll("[data-copy]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const box = document.getElementById(button.dataset.copy);
    const said = document.querySelector(`[data-copied="${button.dataset.copy}"]`);
    try {
      await navigator.clipboard.writeText(box.value);
      said.textContent = "Copied.";
    } catch {
      box.select();
      said.textContent = "The text is selected: copy it with your keyboard.";
    }
  });
});
// ---------------------------------------------------------------- the count beside To do
// <span data-count="address">: empty where the page did not come with the number. A number is kept in this tab for a minute
// and forgotten whenever something is sent, so that it is never that of before an act, or of somebody else.
const COUNT_KEPT_FOR = 60000;

function showCount(boxes, text) {
  boxes.forEach((box) => {
    box.textContent = text;
    if (!text) return;
    const words = document.createElement("span");
    words.className = "nhsuk-u-visually-hidden";
    words.textContent = " about safety, overdue or due today";
    box.append(words);
  });
}

async function count(boxes) {
  const given = boxes[0].firstChild?.textContent.trim();
  const kept = JSON.parse(sessionStorage.getItem("count") ?? "null");
  const keep = (text) => sessionStorage.setItem("count", JSON.stringify({ text, at: Date.now() }));
  if (given) return keep(given);
  if (kept && Date.now() - kept.at < COUNT_KEPT_FOR) return showCount(boxes, kept.text);
  const answer = await fetch(boxes[0].dataset.count, { headers: { "X-Requested-With": "fetch" }, redirect: "manual" });
  if (!answer.ok) return undefined;
  const { text } = await answer.json();
  keep(text);
  return showCount(boxes, text);
}

const countBoxes = document.querySelectorAll("[data-count]");
if (countBoxes.length) count(countBoxes).catch(() => {});
addEventListener("submit", (event) => event.target.method === "post" && sessionStorage.removeItem("count"));

// ---------------------------------------------------------------- tabs
// On a phone a strip of tabs may be wider than the screen: it begins where the open one is.
for (const tab of document.querySelectorAll(".pairs-tabs [aria-current]")) {
  const strip = tab.closest("ul");
  strip.scrollLeft = Math.max(0, tab.offsetLeft - strip.offsetLeft - 16);
}
