// Keeps what is filled in while it is filled in, on the server, as the button "Keep" does: a phone may ring at any moment.
"use strict";

(() => {
  const form = document.getElementById("debrief-form");
  const said = document.getElementById("debrief-said");
  if (form === null || said === null) return;
  const PAUSE = 1200;
  let waiting = 0;
  let isLeaving = false;

  const keep = async () => {
    const filled = new URLSearchParams(new FormData(form));
    filled.set("do", "keep");
    try {
      const answer = await fetch(form.action, { method: "POST", body: filled, redirect: "manual", credentials: "same-origin" });
      const isKept = answer.type === "opaqueredirect" || answer.ok;
      said.textContent = isKept ? form.dataset.saved : form.dataset.unsaved;
    } catch {
      if (!isLeaving) said.textContent = form.dataset.unsaved;
    }
  };

  form.addEventListener("submit", () => {
    isLeaving = true;
    window.clearTimeout(waiting);
  });
  form.addEventListener("change", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(keep, PAUSE);
  });
})();
