// A page that a form brought has no address of its own. Before any of it is seen, its place in the browser's history
// is told which page stands here, so that a reload, Back and Forward ask for it anew and never for the form.
history.replaceState({ do: document.currentScript.dataset.page }, '', location.pathname)
