// The schema names the deployment's public address; from here, what is tried goes to where the page came from.
fetch("/openapi.json")
  .then((answer) => answer.json())
  .then((spec) =>
    SwaggerUIBundle({
      spec: { ...spec, servers: [{ url: window.location.origin }] },
      dom_id: "#try",
      deepLinking: true,
      tryItOutEnabled: true,
      validatorUrl: null,
      presets: [SwaggerUIBundle.presets.apis],
    }),
  );
