const form = document.getElementById("filter");
const rows = [...document.querySelectorAll("tr[data-verdict]")];
function choose() {
  const { verdict, experiment, words } = Object.fromEntries(new FormData(form));
  const sought = words.toLowerCase().split(/\s+/);
  for (const row of rows) {
    const text = (row.textContent + row.dataset.experiment).toLowerCase();
    row.hidden = (verdict && row.dataset.verdict !== verdict)
      || (experiment && row.dataset.experiment !== experiment)
      || !sought.every((word) => text.includes(word));
  }
  for (const body of document.querySelectorAll("tbody"))
    body.hidden = ![...body.querySelectorAll("tr[data-verdict]")].some((row) => !row.hidden);
  const left = rows.filter((row) => !row.hidden).length;
  document.querySelector(".verdicts").hidden = !left;
  document.getElementById("shown").textContent =
    left === rows.length ? "" : left ? `${left} of ${rows.length}` : `None of ${rows.length} hypotheses is such a one.`;
}
function unfold() { // what a link leads to may be folded
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  target?.scrollIntoView();
}
for (const event of ["input", "change"]) form.addEventListener(event, choose); // some browsers tell of one alone
form.addEventListener("submit", (event) => event.preventDefault());
addEventListener("hashchange", unfold);
addEventListener("beforeprint", () => document.querySelectorAll("details.beside").forEach((each) => { each.open = true; }));
form.hidden = false;
choose();
unfold();
