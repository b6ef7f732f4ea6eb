// Keeps the status page up to date. Without it the page is the same, as of when it was loaded.
"use strict";

// However much happens, the page asks for itself at most this often.
const pauseMS = 1000;

const connection = document.getElementById("connection");
let busy = false;   // an update is under way, or the pause after one
let behind = false; // something has happened since it began

// What is marked data-live is replaced inside, so that nothing outside of it moves.
async function update() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) {
    return;
  }
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const old of document.querySelectorAll("[data-live]")) {
    const now = fresh.getElementById(old.id);
    if (now && now.innerHTML !== old.innerHTML) {
      old.innerHTML = now.innerHTML;
    }
  }
}

async function changed() {
  behind = true;
  if (busy) {
    return;
  }
  busy = true;
  while (behind) {
    behind = false;
    await update().catch(() => {}); // the connection says that the node is gone
    await new Promise((resume) => setTimeout(resume, pauseMS));
  }
  busy = false;
}

const events = new EventSource("/v1/watch");
events.onopen = () => {
  connection.textContent = "● live";
  changed();
};
events.onmessage = changed;
events.addEventListener("dropped", changed);
events.onerror = () => {
  connection.textContent = "▲ the node does not answer; trying again";
};
