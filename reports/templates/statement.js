// Filters the list of clauses. The page is complete without it.
(() => {
  const bar = document.getElementById("toolbar");
  if (!bar) return;
  const clauses = [...document.querySelectorAll(".clause")];
  const sections = [...document.querySelectorAll(".section")];
  const search = bar.querySelector("input");
  const buttons = [...bar.querySelectorAll("button[data-verdict]")];
  const output = bar.querySelector("output");
  const texts = new Map(clauses.map((clause) => [clause, clause.textContent.toLowerCase()]));

  const apply = () => {
    const wanted = new Set(buttons.filter((b) => b.getAttribute("aria-pressed") === "true").map((b) => b.dataset.verdict));
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const clause of clauses) {
      const fits = (!wanted.size || wanted.has(clause.dataset.verdict)) && words.every((w) => texts.get(clause).includes(w));
      clause.hidden = !fits;
      shown += fits;
    }
    for (const section of sections) section.hidden = !section.querySelector(".clause:not([hidden])");
    output.value = shown === clauses.length ? `All ${shown} clauses` : `${shown} of ${clauses.length} clauses shown`;
  };
  const reset = () => {
    buttons.forEach((b) => b.setAttribute("aria-pressed", "false"));
    search.value = "";
    apply();
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
      apply();
    });
  }
  search.addEventListener("input", apply);
  const unfold = bar.querySelector("[data-unfold]");
  unfold.addEventListener("click", () => {
    const open = unfold.getAttribute("aria-pressed") !== "true";
    unfold.setAttribute("aria-pressed", String(open));
    document.querySelectorAll(".clause:not([hidden]) details").forEach((d) => { d.open = open; });
  });
  // A link must never lead to a clause that the filter hides, nor into a folded scenario.
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.closest("[hidden]")) reset();
    for (let at = target.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  bar.hidden = false;
  apply();
  reveal();
})();
