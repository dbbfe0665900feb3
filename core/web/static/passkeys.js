// Passkeys: the question stands in the form, the device answers it, and the form is sent as any other.

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
const keys = (list = []) => list.map((one) => ({ ...one, id: bytes(one.id) }));

function read(question) {
  const options = { ...question, challenge: bytes(question.challenge) };
  if (question.user) options.user = { ...question.user, id: bytes(question.user.id) };
  if (question.excludeCredentials) options.excludeCredentials = keys(question.excludeCredentials);
  if (question.allowCredentials) options.allowCredentials = keys(question.allowCredentials);
  return options;
}

function written(credential) {
  const names = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const parts = names.filter((name) => credential.response[name]).map((name) => [name, text(credential.response[name])]);
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response: Object.fromEntries(parts),
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

async function ask(form) {
  const publicKey = read(JSON.parse(form.dataset.question));
  const asked = form.dataset.passkey === "create" ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey });
  form.elements.answer.value = written(await asked);
  form.submit();
}

if (window.PublicKeyCredential) {
  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const state = form.querySelector("[data-passkey-state]");
      state.textContent = "";
      ask(form).catch(() => {
        state.textContent = form.dataset.stopped;
      });
    });
  });
  document.querySelectorAll("[data-without-passkeys]").forEach((place) => place.remove());
}
