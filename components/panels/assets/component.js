// All the script that travels with each part of the page, whenever it changes: the rest is fetched once.

/**
 * Show a part of the page by the module that its data names, and return what is done when it is gone.
 * @param {import("./mount.js").Component} component
 */
export default function (component) {
  let gone = () => {};
  const at = new URL(component.data.at, document.baseURI);
  const modules = [at, new URL("../../panels/assets/parts.js", at)].map(({ href }) => import(href));
  Promise.all(modules).then(
    ([module, parts]) => {
      gone = parts.mount(component, module);
    },
    (error) => {
      component.parentElement.textContent = "This part of the page could not be loaded. Reload the page.";
      throw error;
    },
  );
  return () => gone();
}
