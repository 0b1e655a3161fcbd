// Search without tones and sorting of tables: the two things of the site that need a script. Without it all pages read
// and link as well. The list of units is loaded once somebody searches, as a script, because a folder knows no requests.
"use strict";
(() => {
  const { site, lang } = document.body.dataset;
  const say = (vi, en) => (lang === "vi" ? vi : en);

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
  const form = document.createElement("form");
  form.setAttribute("role", "search");
  form.innerHTML = '<label for="q"></label><input type="search" id="q" autocomplete="off"><div id="found" role="status"></div>';
  const [label, input, found] = form.children;
  label.textContent = say("Tìm đơn vị", "Find a unit");
  input.placeholder = say("gõ không dấu cũng được", "tones are not needed");
  document.querySelector(".switch").before(form);
  let units = null;

  const loaded = () =>
    new Promise((ready) => {
      if (units) return ready();
      const script = document.createElement("script");
      script.src = `${site}units.js`;
      script.onload = () => {
        units = window.egovUnits.map(([name, above, stem]) => ({ name, above, stem, key: plain(name) }));
        ready();
      };
      document.head.append(script);
    });

  const show = () => {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    found.replaceChildren();
    if (!words.length) return;
    const wanted = words.join(" ");
    const hits = units
      .filter((unit) => words.every((word) => unit.key.includes(word)))
      .sort((a, b) => b.key.includes(wanted) - a.key.includes(wanted) || a.key.length - b.key.length);
    const told = document.createElement("p");
    told.textContent = hits.length
      ? say(`${hits.length} đơn vị`, hits.length === 1 ? "1 unit" : `${hits.length} units`)
      : say("Không tìm thấy đơn vị nào", "No unit found");
    found.append(told);
    for (const unit of hits.slice(0, 8)) {
      const link = document.createElement("a");
      link.href = `${site}${lang}/units/${unit.stem}.html`;
      link.textContent = unit.name;
      const above = document.createElement("small");
      above.textContent = unit.above ? ` ${unit.above}` : "";
      link.append(above);
      found.append(link);
    }
  };
  input.addEventListener("focus", () => loaded());
  input.addEventListener("input", () => loaded().then(show));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    loaded().then(() => {
      show();
      found.querySelector("a")?.click();
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") found.replaceChildren();
  });

  // What is wider than the screen is scrolled by the keyboard as well.
  [...document.querySelectorAll(".wide")].forEach((box, place) => {
    if (box.scrollWidth <= box.clientWidth) return;
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", say(`Bảng ${place + 1}, cuộn ngang được`, `Table ${place + 1}, scrolls sideways`));
  });

  const figure = (text) => {
    const number = parseFloat(text.replace(/−/g, "-").replace("▼ ", "-").replace(/[▲+ %]/g, "").replace(",", "."));
    return Number.isNaN(number) ? null : number;
  };
  for (const table of document.querySelectorAll("table.sortable")) {
    const body = table.tBodies[0];
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const value = (row) => row.cells[column].textContent.trim();
        const isNumber = !head.classList.contains("w");
        const order = (a, b) => {
          const [x, y] = [value(a), value(b)];
          if (!isNumber) return x.localeCompare(y, "vi");
          return (figure(x) ?? Infinity) - (figure(y) ?? Infinity);
        };
        const rows = [...body.rows].sort((a, b) => (down ? -order(a, b) : order(a, b)));
        body.append(...rows);
      });
    });
  }
})();
