// All the script that travels with each part of the page, whenever it changes: the rest is fetched once.

export default function (component) {
  let gone = () => {};
  import(new URL(component.data.at, document.baseURI)).then(
    (markup) => {
      markup.show(component, component.data.nodes);
      gone = () => markup.gone?.(component);
    },
    (error) => {
      component.parentElement.textContent = "This part of the page could not be loaded. Reload the page.";
      throw error;
    },
  );
  return () => gone();
}
