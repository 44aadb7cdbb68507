// Everything works without this file. It saves a tap or shows a preview sooner.
"use strict";
// Enter looks up what is one line; Shift+Enter, or a text of several lines, breaks the line.
for (const box of document.querySelectorAll("[data-enter=submit]")) {
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || box.value.includes("\n")) return;
    event.preventDefault();
    if (box.value.trim()) box.form.requestSubmit();
  });
}
// A form with data-preview shows what the server makes of it while it is being filled in.
for (const form of document.querySelectorAll("form[data-preview]")) {
  const target = document.getElementById(form.dataset.target);
  let timer = 0, asked = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const mine = ++asked;
      try {
        const answer = await fetch(form.dataset.preview, { method: "POST", body: new URLSearchParams(new FormData(form)) });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const made = page.getElementById(form.dataset.target);
        if (mine === asked && made) target.replaceChildren(...made.childNodes);
      } catch { /* Offline for a moment: the preview waits. */ }
    }, 500);
  });
}
