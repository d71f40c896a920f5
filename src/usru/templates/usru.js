// Comfort only: every page reads and switches without this file.
// Switches that were set stay set while the reader goes from story to story.
for (const box of document.querySelectorAll(".usru-edition .switches input")) {
  const key = "usru " + box.className;
  try {
    box.checked = box.checked || sessionStorage.getItem(key) === "on";
    box.addEventListener("change", () => sessionStorage.setItem(key, box.checked ? "on" : "off"));
  } catch { /* storage is closed to this page: nothing is remembered */ }
}

// The explorer: choose passages by what was found in them. Texts are only ever set as text.
for (const explorer of document.querySelectorAll(".usru-explorer:has(.data)")) {
  const { rows, names } = JSON.parse(explorer.querySelector(".data").textContent);
  const form = explorer.querySelector("form");
  const list = explorer.querySelector(".passages");
  const most = 200;

  const element = (name, text = "", properties = {}) =>
    Object.assign(document.createElement(name), { textContent: text }, properties);

  const marked = (text, words) => {
    const paragraph = element("p", "", { dir: "auto" });
    const at = words ? text.toLowerCase().indexOf(words) : -1;
    if (at < 0 || text.toLowerCase().length !== text.length) {
      paragraph.textContent = text;
    } else {
      const end = at + words.length;
      paragraph.append(text.slice(0, at), element("mark", text.slice(at, end)), text.slice(end));
    }
    return paragraph;
  };

  const show = () => {
    const chosen = [...new FormData(form)].filter(([, value]) => value.trim());
    const words = (new FormData(form).get("words") || "").trim().toLowerCase();
    const fits = (row) => chosen.every(([name, value]) =>
      name === "words" ? row.text.toLowerCase().includes(words) : [row[name]].flat().includes(value));
    const found = rows.filter(fits);
    list.replaceChildren(...found.slice(0, most).map((row) => {
      const item = element("li");
      const told = element("small");
      const also = [...row.topics.map((topic) => names.topics[topic]), ...row.speakers];
      told.append(element("a", names.story[row.story], { href: row.to }), also.length ? ` · ${also.join(", ")}` : "");
      item.append(marked(row.text, words), told);
      return item;
    }));
    const more = found.length > most ? `; the first ${most} are shown` : "";
    explorer.querySelector(".count").textContent = `${found.length} of ${rows.length} ${rows.length === 1 ? "paragraph" : "paragraphs"}${more}`;
    history.replaceState(null, "", chosen.length ? `?${new URLSearchParams(chosen)}` : location.pathname);
  };

  for (const [name, value] of new URLSearchParams(location.search)) {
    if (form.elements[name]) form.elements[name].value = value;
  }
  form.addEventListener("input", show);
  form.addEventListener("reset", () => setTimeout(show));
  form.addEventListener("submit", (event) => event.preventDefault());
  show();
}
