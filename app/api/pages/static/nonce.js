// Redoc makes its styles as it goes; the page's policy allows those that carry this page's nonce.
const nonce = document.querySelector('meta[name="style-nonce"]').content;
const create = document.createElement.bind(document);
document.createElement = (name, options) => {
  const element = create(name, options);
  if (String(name).toLowerCase() === "style") element.nonce = nonce;
  return element;
};
