"use strict";
document.getElementById("save").addEventListener("click", () => {
  const value = (id) => document.getElementById(id).value.trim();
  const problem = document.getElementById("problem");
  problem.textContent = "";
  if (!value("by")) {
    problem.textContent = "Enter your name.";
    document.getElementById("by").focus();
    return;
  }
  const remarks = [...document.querySelectorAll("fieldset[data-key]")].map((place) => {
    const chosen = place.querySelector("input:checked");
    const comment = place.querySelector("textarea").value.trim().slice(0, 2000);
    return { key: place.dataset.key, about: place.dataset.about.slice(0, 500), view: chosen ? chosen.value : "", comment };
  }).filter((remark) => remark.view || remark.comment);
  if (!remarks.length) {
    problem.textContent = "Nothing is said yet: choose a view or write a comment.";
    return;
  }
  const now = new Date();
  const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
  const review = { review: 1, advert: document.body.dataset.advert.slice(0, 500), by: value("by").slice(0, 200), on: day, remarks };
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(review, null, 1)], { type: "application/json" }));
  link.download = document.body.dataset.file;
  link.click();
  problem.textContent = `Saved as ${link.download}: ${remarks.length} ${remarks.length === 1 ? "remark" : "remarks"}. Send this file back.`;
});
document.getElementById("needs-script").hidden = true;
document.getElementById("save").hidden = false;
