// A file that is chosen or dropped is sent to this machine, and the answer put below. Nothing is kept.
"use strict";
const chosen = document.getElementById("file");
const zone = document.getElementById("zone");
const year = document.getElementById("year");
const answer = document.getElementById("answer");

async function check(file) {
  answer.setAttribute("aria-busy", "true");
  answer.textContent = `Đang kiểm tra ${file.name} … / Checking …`;
  const asked = new URLSearchParams({ name: file.name, year: year.value });
  try {
    const response = await fetch(`/check?${asked}`, { method: "POST", headers: { "X-Egov": "check" }, body: file });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    answer.replaceChildren(...page.querySelector("main").childNodes);
  } catch {
    answer.textContent = "Không gửi được tệp: egov serve đã dừng? / The file could not be sent: was egov serve stopped?";
  }
  answer.setAttribute("aria-busy", "false");
  answer.focus();
}

chosen.addEventListener("change", () => {
  if (chosen.files.length) check(chosen.files[0]);
  chosen.value = "";
});
for (const kind of ["dragenter", "dragover"]) {
  zone.addEventListener(kind, (event) => {
    event.preventDefault();
    zone.classList.add("over");
  });
}
for (const kind of ["dragleave", "drop"]) zone.addEventListener(kind, () => zone.classList.remove("over"));
zone.addEventListener("drop", (event) => {
  event.preventDefault();
  if (event.dataTransfer.files.length) check(event.dataTransfer.files[0]);
});
