// Makes leaving faster than a form can: what is shown goes at once, and the page is replaced, so that Back does not find it.
"use strict";

(() => {
  const form = document.getElementById("exit");
  if (form === null) return;
  const said = document.getElementById("exit-said");
  const LONGEST_WAIT = 1500;
  const SHIFTS_WITHIN = 5000;
  let isLeaving = false;
  let shifts = 0;
  let last = 0;

  const leave = () => {
    if (isLeaving) return;
    isLeaving = true;
    document.documentElement.classList.add("is-gone");
    document.title = "-";
    const goOutside = () => window.location.replace(form.dataset.outside);
    const ended = fetch(form.action, {
      method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual", keepalive: true, credentials: "same-origin",
    });
    const enough = new Promise((done) => { window.setTimeout(done, LONGEST_WAIT); });
    Promise.race([ended, enough]).then(goOutside, goOutside);
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    leave();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift" || event.repeat) {
      shifts = event.key === "Shift" ? shifts : 0;
      return;
    }
    shifts = event.timeStamp - last > SHIFTS_WITHIN ? 1 : shifts + 1;
    last = event.timeStamp;
    said.textContent = shifts === 1 ? form.dataset.twoMore : form.dataset.oneMore;
    if (shifts === 3) leave();
  });

  // A page that the browser kept alive is asked for anew: the session may be over.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });

  document.documentElement.classList.add("scripted");
})();
