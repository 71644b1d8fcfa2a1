Redoc.init("/openapi.json", { nativeScrollbars: true, sortRequiredPropsFirst: true }, document.getElementById("reference"));
