// Asks the device for a passkey, and sends its answer with the form. Without a script the form stays hidden: a code does as well.
"use strict";

(() => {
  const form = document.getElementById("passkey");
  if (form === null || !window.PublicKeyCredential || !navigator.credentials) return;
  const said = document.getElementById("passkey-said");
  const without = document.getElementById("passkey-without");
  const PARTS = ["clientDataJSON", "attestationObject", "authenticatorData", "signature"];

  const bytesOf = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
  const textOf = (bytes) =>
    btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

  const publicKey = JSON.parse(form.dataset.options);
  const isNew = publicKey.user !== undefined;
  publicKey.challenge = bytesOf(publicKey.challenge);
  for (const known of publicKey.allowCredentials ?? publicKey.excludeCredentials ?? []) known.id = bytesOf(known.id);
  if (isNew) publicKey.user.id = bytesOf(publicKey.user.id);

  const answered = (given) => {
    const parts = PARTS.filter((part) => given.response[part] !== undefined);
    const response = Object.fromEntries(parts.map((part) => [part, textOf(given.response[part])]));
    return JSON.stringify({ id: given.id, rawId: textOf(given.rawId), type: given.type, response });
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.textContent = "";
    try {
      const given = await (isNew ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey }));
      form.elements.answer.value = answered(given);
    } catch {
      said.textContent = form.dataset.failed;
      return;
    }
    form.submit();
  });

  form.hidden = false;
  if (without !== null) without.hidden = true;
})();
