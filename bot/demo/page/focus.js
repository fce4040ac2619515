/** The keyboard in the list of messages: walking, opening menus, keeping one's place. */

/** Arrow keys walk between messages, Enter opens the menu of one. */
export function walkable(list) {
  list.addEventListener("keydown", (event) => {
    const row = document.activeElement;
    if (!row?.classList.contains("row")) return;
    const act = { ArrowUp: () => step(list, row, -1), ArrowDown: () => step(list, row, 1), Enter: () => more(row) };
    if (!act[event.key]) return;
    event.preventDefault();
    act[event.key]();
  });
}

/** Only the newest message is reached by Tab; the arrows lead to the others. */
export function markEntry(list) {
  const rows = [...list.querySelectorAll(".row")];
  rows.forEach((row, index) => (row.tabIndex = index === rows.length - 1 ? 0 : -1));
}

/** Remember what has the focus in the list; call the answer after redrawing. */
export function keepFocus(list) {
  const { activeElement: active } = document;
  if (!list.contains(active)) return () => {};
  const row = active.closest(".row");
  const place = row && [...row.querySelectorAll("button, a")].indexOf(active);
  const selector = active.dataset.key && `.inline[data-key="${CSS.escape(active.dataset.key)}"]`;
  return () => {
    if (list.contains(active)) return;
    const redrawn = row && list.querySelector(`.row[data-id="${row.dataset.id}"]`);
    const same = selector && list.querySelector(selector);
    (same || redrawn?.querySelectorAll("button, a")[place] || redrawn)?.focus({ preventScroll: true });
  };
}

function step(list, row, by) {
  const rows = [...list.querySelectorAll(".row")];
  rows[rows.indexOf(row) + by]?.focus();
}

function more(row) {
  row.querySelector(".more")?.click();
}
