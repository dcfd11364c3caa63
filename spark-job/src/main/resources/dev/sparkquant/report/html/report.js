"use strict";
(function () {
  const root = document.documentElement;
  const themes = ["system", "light", "dark"];
  const button = document.getElementById("theme");

  function remembered() {
    const asked = /theme=(light|dark)/.exec(location.hash);
    if (asked) return asked[1];
    try {
      return localStorage.getItem("sparkquant-theme") || "system";
    } catch (e) {
      return "system";
    }
  }

  function show(theme) {
    if (theme === "system") root.removeAttribute("data-theme");
    else root.setAttribute("data-theme", theme);
    button.textContent = "Theme: " + theme;
    button.dataset.now = theme;
  }

  show(themes.includes(remembered()) ? remembered() : "system");
  button.hidden = false;
  button.addEventListener("click", function () {
    const next = themes[(themes.indexOf(button.dataset.now) + 1) % themes.length];
    show(next);
    try {
      localStorage.setItem("sparkquant-theme", next);
    } catch (e) {
      // A page opened from a file may have no memory; the button works all the same.
    }
  });

  function key(row, column) {
    const cell = row.cells[column];
    return cell.dataset.v === undefined ? cell.textContent : Number(cell.dataset.v);
  }

  function compare(a, b) {
    if (typeof a === "number") return typeof b === "number" ? a - b : 1;
    return String(a).localeCompare(String(b), undefined, { numeric: true });
  }

  document.querySelectorAll("table.data").forEach(function (table) {
    const body = table.tBodies[0];
    Array.from(table.tHead.rows[0].cells).forEach(function (heading, column) {
      const sorter = document.createElement("button");
      sorter.type = "button";
      sorter.textContent = heading.textContent;
      sorter.title = "Sort by this column";
      heading.replaceChildren(sorter);
      sorter.addEventListener("click", function () {
        const down = heading.getAttribute("aria-sort") === "ascending";
        table.querySelectorAll("[aria-sort]").forEach(function (other) {
          other.removeAttribute("aria-sort");
        });
        heading.setAttribute("aria-sort", down ? "descending" : "ascending");
        const rows = Array.from(body.rows).sort(function (a, b) {
          return (down ? -1 : 1) * compare(key(a, column), key(b, column));
        });
        body.append(...rows);
      });
    });
  });

  addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (details) {
      details.open = true;
    });
  });
})();
