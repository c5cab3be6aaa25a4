// One unit of a label sheet at a time. All that is shown comes in messages, as HTML that is
// already escaped; an answer shows as chosen only when it has come back, and so is in the sheet.

const ANSWERS = [
  ["yes", "Yes"],
  ["no", "No"],
  ["unsure", "Unsure"],
];
const PATIENCE = 4000; // milliseconds without a reply before the coder is warned
const PAUSE = 700; // milliseconds without a keystroke before a note is saved

// On a button JupyterLab would take letters for its commands: "a" adds a cell, "x" cuts one.
const OURS = { "data-lm-suppress-shortcuts": "true" };

let views = 0;

function add(parent, tag, attributes = {}, html = "") {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.innerHTML = html;
  parent.append(element);
  return element;
}

function addButton(parent, label, act) {
  const button = add(parent, "button", { type: "button", ...OURS }, label);
  button.addEventListener("click", act);
  return button;
}

function addTone(parent, tone, id, choose) {
  const row = add(parent, "div", { class: "wb-tone", role: "group", "aria-labelledby": id });
  const head = add(row, "div", { class: "wb-about" });
  add(head, "strong", { id }, tone.name);
  add(head, "span", {}, ` ${tone.definition}`);
  const answers = add(row, "div", { class: "wb-answers" });
  const buttons = ANSWERS.map(([value, label]) => {
    const button = addButton(answers, label, () => choose(tone.id, value));
    button.setAttribute("aria-label", `${tone.id}: ${label}`);
    return [value, button];
  });
  const details = add(row, "details");
  add(details, "summary", OURS, `What counts as ${tone.id}, and what does not`);
  add(details, "div", { class: "wb-lines" }, `<b>Yes for</b>\n${tone.yes}`);
  add(details, "div", { class: "wb-lines" }, `<b>No for</b>\n${tone.no}`);
  return { id: tone.id, buttons };
}

function showAnswer({ id, buttons }, answers) {
  for (const [value, button] of buttons) {
    button.setAttribute("aria-pressed", String(answers[id] === value));
  }
}

function render({ model, el }) {
  const prefix = `wb-label-${(views += 1)}`;
  let view = null;
  let tones = [];
  let impatience = null;
  let noteTimer = null;
  let moving = false;

  const root = add(el, "section", { class: "wb-label", "aria-label": "Labelling" });
  const head = add(root, "div", { class: "wb-head" });
  const place = add(head, "strong", { id: `${prefix}-place` });
  const bar = add(head, "progress", { "aria-label": "Labelled" });
  const progress = add(head, "span");
  const text = add(root, "div", {
    class: "wb-text",
    id: `${prefix}-text`,
    role: "group",
    tabindex: "0",
    ...OURS,
    "aria-labelledby": `${prefix}-place ${prefix}-text`,
  });
  const asked = add(root, "div", { class: "wb-asked" });
  const noteLine = add(root, "div", { class: "wb-note" });
  add(noteLine, "label", { for: `${prefix}-note` }, "Note (if you wish)");
  const note = add(noteLine, "input", {
    type: "text",
    id: `${prefix}-note`,
    autocomplete: "off",
    ...OURS,
  });
  const waits = add(noteLine, "span");
  const steps = add(root, "div", { class: "wb-steps" });
  const back = addButton(steps, "◂ Back", () => go(-1));
  const next = addButton(steps, "Next ▸", () => go(1));
  addButton(steps, "First unlabelled", () => leave({ do: "open-next" }));
  const said = add(root, "div", { class: "wb-said", role: "status" });

  function ask(message) {
    clearTimeout(impatience);
    impatience = setTimeout(() => {
      said.classList.add("wb-alert");
      said.textContent =
        "Not saved yet: the notebook is busy or has stopped. Wait a moment; if nothing changes, " +
        "run this cell again. What was saved before is safe.";
    }, PATIENCE);
    model.send(message);
  }

  function saveNote() {
    clearTimeout(noteTimer);
    noteTimer = null;
    if (view) ask({ do: "note", unit: view.at, value: note.value });
  }

  function leave(message) {
    if (noteTimer !== null) saveNote();
    moving = true;
    ask(message);
  }

  function go(by) {
    const to = view ? view.at + by : -1;
    if (to >= 0 && to < view.of) leave({ do: "go", to });
  }

  function choose(tone, value) {
    const taken = view.answers[tone] === value;
    ask({ do: "answer", unit: view.at, tone, value: taken ? "" : value });
  }

  note.addEventListener("input", () => {
    clearTimeout(noteTimer);
    noteTimer = setTimeout(saveNote, PAUSE);
  });
  note.addEventListener("change", () => noteTimer !== null && saveNote());
  note.addEventListener("keydown", (event) => event.key === "Enter" && saveNote());

  function show(message) {
    clearTimeout(impatience);
    const another = view === null || view.at !== message.at;
    view = message;
    if (tones.length === 0) {
      tones = view.tones.map((tone, n) => addTone(asked, tone, `${prefix}-${n}`, choose));
    }
    place.innerHTML = view.place;
    progress.innerHTML = view.progress;
    bar.max = view.of;
    bar.value = view.labelled;
    if (another) {
      text.innerHTML = view.text;
      text.scrollTop = 0;
    }
    tones.forEach((tone) => showAnswer(tone, view.answers));
    // Words that are being typed are newer than those that come back.
    if (another || document.activeElement !== note) note.value = view.note;
    note.maxLength = view.longestNote;
    waits.textContent = view.noteWaits ? "Not saved yet. Enter tries again." : "";
    // A disabled button would lose the focus of those who work by keyboard.
    back.setAttribute("aria-disabled", String(view.at === 0));
    next.setAttribute("aria-disabled", String(view.at === view.of - 1));
    said.innerHTML = view.said;
    said.classList.toggle("wb-alert", view.alert);
    if (moving && another) text.focus();
    moving = moving && !another;
  }

  model.on("msg:custom", show);
  ask({ do: "open" });
  return () => {
    clearTimeout(impatience);
    if (noteTimer !== null) saveNote();
    model.off("msg:custom", show);
  };
}

export default { render };
