// Starts every element with [data-module]. A module that fails leaves the others, and the page, alone.
for (const element of document.querySelectorAll("[data-module]")) {
  import(element.dataset.src)
    .then((module) => module.start(element))
    .catch((error) => console.warn(element.dataset.module, error));
}
