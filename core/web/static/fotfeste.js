// Small helps on top of pages that work without them. Texts come from the page, so they speak its language.

const find = (selector, within = document) => within.querySelector(selector);
const within = (root, selector) => [...(root.matches?.(selector) ? [root] : []), ...root.querySelectorAll(selector)];

function focusOn(element) {
  if (!element) return;
  if (!element.hasAttribute("tabindex") && element.tabIndex < 0) element.tabIndex = -1;
  element.focus();
}

// A new page or fragment: the summary of errors takes the focus, long lists get a filter, a dialog may be open.
function prepare(root) {
  within(root, "[data-filter]").forEach(addFilter);
  within(root, "[data-days]").forEach(addSlider);
  within(root, "[data-copy]").forEach((button) => { button.hidden = false; });
  within(root, "dialog[data-open]").forEach((dialog) => dialog.open || dialog.showModal());
  nameErrors(root);
  focusOn(find("[data-focus]", root));
}

// An answer that only lists what is wrong: each message names its field, and the field points to the message.
function nameErrors(answer) {
  const form = answer.closest("form[hx-post]");
  form?.querySelectorAll("[aria-invalid]").forEach((control) => control.removeAttribute("aria-invalid"));
  within(answer, "[data-error-for]").forEach((message) => {
    const control = form?.elements[message.dataset.errorFor];
    if (!control?.labels?.length) return;
    message.id = `${control.id}-error`;
    message.prepend(`${control.labels[0].firstChild.textContent.trim()}: `);
    const described = control.getAttribute("aria-describedby")?.split(" ") ?? [];
    control.setAttribute("aria-describedby", [...new Set([...described, message.id])].join(" "));
    control.setAttribute("aria-invalid", "true");
  });
}

function addFilter(field) {
  const select = find("select", field);
  if (!select || field.dataset.ready) return;
  field.dataset.ready = "yes";
  const all = [...select.options];
  const input = Object.assign(document.createElement("input"), { type: "search", className: select.className, autocomplete: "off" });
  input.setAttribute("aria-label", field.dataset.label);
  input.placeholder = field.dataset.label;
  const count = Object.assign(document.createElement("span"), { className: "ds-sr-only" });
  count.setAttribute("role", "status");
  input.addEventListener("input", () => {
    const wanted = plain(input.value);
    const fitting = all.filter((option) => !option.value || option.selected || plain(option.text).includes(wanted));
    select.replaceChildren(...groupsOf(fitting));
    count.textContent = `${field.dataset.count} ${fitting.filter((option) => option.value).length}`;
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "Enter") return;
    event.preventDefault();
    const first = [...select.options].find((option) => option.value && plain(option.text).includes(plain(input.value)));
    if (first && event.key === "Enter") choose(select, first);
    select.focus();
  });
  const groups = new Map(all.map((option) => [option, option.parentElement.closest("optgroup")]));
  function groupsOf(options) {
    groups.forEach((group) => group?.replaceChildren());
    return [...new Set(options.map((option) => { groups.get(option)?.append(option); return groups.get(option) ?? option; }))];
  }
  select.before(input);
  select.after(count);
}

// A slider over days, beside a date field: moving it fills the field, letting go asks anew. It says the day on which it
// stands, and keeps the focus when the answer comes.
let held = "";
document.addEventListener("htmx:beforeSwap", () => { held = document.activeElement?.type === "range" ? document.activeElement.id : ""; });
function addSlider(place) {
  const date = find("input[type=date]", place);
  if (!date || place.dataset.ready) return;
  place.dataset.ready = "yes";
  const days = [...new Set([...place.dataset.days.split(" "), date.value])].filter(Boolean).sort();
  const slider = Object.assign(document.createElement("input"), { type: "range", min: 0, max: days.length - 1, step: 1 });
  slider.value = days.indexOf(date.value);
  const label = Object.assign(document.createElement("label"), { className: "ds-label", textContent: place.dataset.label });
  label.htmlFor = slider.id = `${date.id}-slider`;
  const row = Object.assign(document.createElement("div"), { className: "law-slider" });
  const shown = Object.assign(document.createElement("output"), { className: "law-slider__day" });
  shown.htmlFor = slider.id;
  shown.setAttribute("aria-hidden", "true");
  const say = () => {
    shown.textContent = new Date(`${days[slider.value]}T12:00`).toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
    slider.setAttribute("aria-valuetext", shown.textContent);
  };
  slider.addEventListener("input", () => { date.value = days[slider.value]; say(); });
  slider.addEventListener("change", () => place.closest("form").requestSubmit());
  say();
  row.append(label, slider, shown);
  place.append(row);
  if (held === slider.id) slider.focus();
  held = "";
}

function choose(select, option) {
  option.selected = true;
  select.dispatchEvent(new Event("change", { bubbles: true }));
}

const plain = (text) => text.toLocaleLowerCase().normalize("NFC").trim();

// Leaving a form with changes that were not sent asks first. `changed` counts them, so that what is typed while a
// request is under way is not taken for saved.
document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form");
  if (!form || event.target.type === "search") return;
  if (form.hasAttribute("data-warn-unsaved")) form.dataset.changed = Number(form.dataset.changed ?? 0) + 1;
  showState(form, "changed");
});
document.addEventListener("submit", (event) => event.defaultPrevented || delete event.target.dataset.changed);
window.addEventListener("beforeunload", (event) => {
  if (find("form[data-changed]")) event.preventDefault();
});

// A day that does not exist is kept by the browser and never sent: say so instead of sending an empty field.
const wrongIn = (form) => [...(form?.elements ?? [])].find((field) => field.validity?.badInput);
function refuseWrong(event, form) {
  const wrong = wrongIn(form);
  if (!wrong) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  wrong.reportValidity();
}
document.addEventListener("submit", (event) => refuseWrong(event, event.target), true);
document.addEventListener("htmx:beforeRequest", (event) => refuseWrong(event, event.detail.elt.closest("form")), true);

// A second click while a form is on its way does nothing: the refusal of what is done already would hide the answer.
let sent = new WeakMap();
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (event.timeStamp - sent.get(form) < 5000) event.preventDefault();
  else sent.set(form, event.timeStamp);
});
window.addEventListener("pageshow", () => { sent = new WeakMap(); });

const stateOf = (form) => find("[data-save-state]", form ?? document);
function showState(element, state) {
  const place = stateOf(element.closest("form"));
  if (!place) return;
  place.dataset.state = state;
  place.textContent = place.dataset[state];
}

// What htmx does: say how saving stands, forget "changed" when it was sent, and never lose the focus.
document.addEventListener("htmx:configRequest", (event) => {
  // htmx adds the button that has the focus, also when nobody pressed it but the text saves itself.
  if (!event.detail.triggeringEvent?.submitter) event.detail.formData.delete("action");
});
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.requestConfig.verb === "get") return;
  const form = event.detail.elt.closest("form");
  if (form) form.dataset.sent = form.dataset.changed ?? "";
  showState(event.detail.elt, "saving");
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.requestConfig.verb === "get") return;
  const saved = event.detail.successful;
  const form = event.detail.requestConfig.elt.closest("form");
  const isWhole = (form?.dataset.changed ?? "") === (form?.dataset.sent ?? "");
  if (saved) find("#messages [data-lost]")?.remove();
  if (saved && isWhole) delete form?.dataset.changed;
  if (form?.isConnected) showState(form, saved ? (isWhole ? "saved" : "changed") : "failed");
  const renewed = !form?.isConnected && saved && document.getElementById(event.detail.target?.id);
  if (renewed) showState(find("form", renewed) ?? renewed, "saved");
  goOn(saved);
});
document.addEventListener("htmx:beforeSwap", (event) => {
  const form = event.detail.requestConfig.elt;
  const area = event.detail.target.contains(form) && find("textarea[id]", form);
  if (area) keepTyped(area.id, event.detail.requestConfig.formData.get(area.name), area.value);
});
document.addEventListener("htmx:afterSettle", (event) => {
  prepare(event.detail.elt);
  const isLost = document.activeElement === document.body || !document.activeElement;
  // What came by itself when the page opened leaves the focus at the top of the page.
  const isUnasked = "unasked" in event.detail.elt.dataset;
  if (isLost && !isUnasked) focusOn(find("[data-answer]", event.detail.elt) ?? event.detail.elt);
});
["htmx:sendError", "htmx:timeout"].forEach((name) => document.addEventListener(name, () => {
  const place = find("#messages");
  const box = Object.assign(document.createElement("div"), { className: "ds-alert", textContent: place.dataset.offline });
  box.dataset.color = "danger";
  box.dataset.lost = "yes";
  place.replaceChildren(box);
  clearTimeout(retry);
  retry = setTimeout(saveAll, 10000);
}));

// A card that is replaced keeps what was typed into its text after it was sent.
function keepTyped(id, sent, typed) {
  if (typeof sent !== "string" || typed === sent) return;
  document.addEventListener("htmx:afterSettle", () => {
    const area = document.getElementById(id);
    const said = sent.trim();
    if (!area?.value.startsWith(said)) return;
    area.value = typed.trimEnd() + area.value.slice(said.length);
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }, { once: true });
}

// Forms that save themselves are sent again when the network is back, and before a link leads away from them.
const saving = 'form[data-changed][hx-trigger*="input"]';
const saveAll = () => document.querySelectorAll(saving).forEach((form) => form.requestSubmit());
let retry, onwards;
window.addEventListener("online", saveAll);
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  const isPlain = link && !event.defaultPrevented && !event.button && !(event.ctrlKey || event.metaKey || event.shiftKey);
  if (!isPlain || link.target || link.getAttribute("href").startsWith("#")) return;
  const forms = [...document.querySelectorAll(saving)];
  if (!forms.length || forms.some((form) => stateOf(form)?.dataset.state === "failed")) return;
  event.preventDefault();
  onwards = link.href;
  saveAll();
});
function goOn(saved) {
  if (!onwards || (saved && find(saving))) return;
  const target = onwards;
  onwards = "";
  if (saved) location.assign(target);
}

// Dialogs in browsers without invoker commands, lists that drop down, links to copy.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-opens], [data-closes], [data-copy]");
  document.querySelectorAll("details[data-drop][open]").forEach((drop) => drop.contains(event.target) || (drop.open = false));
  if (!button) return;
  if (button.dataset.copy) await copy(button);
  if ("command" in button) return;
  if (button.dataset.opens) document.getElementById(button.dataset.opens).showModal();
  if (button.dataset.closes) document.getElementById(button.dataset.closes).close();
});
document.addEventListener("keydown", (event) => {
  const drop = event.key === "Escape" && event.target.closest("details[data-drop][open]");
  if (!drop) return;
  drop.open = false;
  find("summary", drop).focus();
});

// What is folded on a narrow screen stands open on a wide one, where it has no button.
const wide = matchMedia("(min-width: 64rem)");
const fold = () => document.querySelectorAll("details[data-folds]").forEach((list) => { list.open = wide.matches; });
wide.addEventListener("change", fold);
fold();

// A link to what is folded unfolds it, and what is printed whole is printed unfolded, also in browsers that do neither.
function unfold() {
  const target = document.getElementById(location.hash.slice(1));
  const list = target?.closest("details");
  for (let outer = list; outer; outer = outer.parentElement.closest("details")) outer.open = true;
  if (list) requestAnimationFrame(() => target.scrollIntoView());
}
window.addEventListener("hashchange", unfold);
unfold();
let shut = [];
window.addEventListener("beforeprint", () => {
  shut = [...document.querySelectorAll("[data-print-unfolded] details:not([open], [data-print-as-is])")];
  shut.forEach((list) => { list.open = true; });
});
window.addEventListener("afterprint", () => shut.forEach((list) => { list.open = false; }));

async function copy(button) {
  const input = document.getElementById(button.dataset.copy);
  input.select();
  await navigator.clipboard.writeText(input.value);
  find("span", button).textContent = button.dataset.copied;
  find("[role=status]", button.closest(".copy")).textContent = button.dataset.copied;
}

prepare(document.documentElement);
